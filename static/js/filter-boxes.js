// A long list of boxes gets a search line and a count: input[data-filter-boxes="đơn vị"] of one list.
// Without this the list is whole and works; what is ticked is never hidden, so nothing is sent unseen.
(() => {
  const FEW = 10;
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();

  const build = (list, noun, id) => {
    const tools = document.createElement("div");
    tools.className = "box-tools";
    const label = document.createElement("label");
    const search = document.createElement("input");
    const count = document.createElement("p");
    Object.assign(label, { htmlFor: id, className: "form-label", textContent: `Tìm ${noun}` });
    Object.assign(search, { id, type: "search", className: "form-control", autocomplete: "off" });
    Object.assign(count, { className: "form-text" });
    count.setAttribute("role", "status");
    tools.append(label, search, count);
    list.before(tools);
    list.classList.add("box-list");
    return { search, count };
  };

  const enhance = (list, boxes, at) => {
    const noun = boxes[0].dataset.filterBoxes;
    const rows = boxes.map((box) => ({ box, row: box.closest(".form-check"), words: plain(box.closest(".form-check").textContent) }));
    const { search, count } = build(list, noun, `filter-boxes-${at}`);
    const show = () => {
      const wanted = plain(search.value).split(" ");
      let found = 0;
      for (const { box, row, words } of rows) {
        const fits = wanted.every((word) => words.includes(word));
        row.hidden = !fits && !box.checked;
        found += fits;
      }
      const ticked = `Đã đánh dấu ${boxes.filter((box) => box.checked).length}/${boxes.length} ${noun}.`;
      count.textContent = search.value.trim() ? `${ticked} ${found ? `Tìm thấy ${found}.` : "Không tìm thấy; đồng chí thử chữ khác."}` : ticked;
    };
    search.addEventListener("input", show);
    // Enter in the search would send the whole form half filled.
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    list.addEventListener("change", show);
    show();
  };

  const lists = new Map();
  for (const box of document.querySelectorAll("input[data-filter-boxes]")) {
    const list = box.closest(".form-check").parentElement;
    lists.set(list, [...(lists.get(list) || []), box]);
  }
  [...lists].forEach(([list, boxes], at) => { if (boxes.length > FEW) enhance(list, boxes, at); });
})();
