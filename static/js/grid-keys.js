// Arrow keys in a wide table of links ([data-grid]): one stop of the Tab key for the whole table instead of thousands.
// Home and End go to the ends of a row. Without this file every cell is an ordinary link.
(() => {
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  for (const table of document.querySelectorAll("[data-grid]")) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.querySelector(".cell"));
    const links = rows.map((row) => [...row.cells].map((cell) => cell.querySelector("a.cell")));
    const all = links.flat().filter(Boolean);
    if (!all.length) continue;
    const stop = (link) => {
      all.forEach((one) => { one.tabIndex = -1; });
      link.tabIndex = 0;
    };
    const next = (down, right, [y, x]) => {
      for (let row = y + down, col = x + right; links[row] && col >= 0 && col < links[row].length; row += down, col += right) {
        if (links[row][col]) return links[row][col];
      }
      return null;
    };
    const place = (link) => {
      const y = rows.indexOf(link.closest("tr"));
      return [y, links[y].indexOf(link)];
    };
    stop(all[0]);
    table.addEventListener("focusin", (event) => { if (all.includes(event.target)) stop(event.target); });
    table.addEventListener("keydown", (event) => {
      const link = event.target.closest("a.cell");
      if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
      const [y, x] = place(link);
      let found = null;
      if (moves[event.key]) found = next(...moves[event.key], [y, x]);
      else if (event.key === "Home") found = links[y].find(Boolean);
      else if (event.key === "End") found = links[y].findLast(Boolean);
      else return;
      event.preventDefault();
      if (!found) return;
      found.focus();
      found.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    document.querySelectorAll("[data-keys-hint]").forEach((hint) => { hint.hidden = false; });
  }
})();
