// Keys of the plan editor and, on a narrow screen, its three panes as tabs. The help line under the form names the keys.
(() => {
  const editor = window.lantoaEditor;
  if (!editor) return;
  const { form } = editor;
  const panes = form.querySelector(".editor");
  const tabs = [...form.querySelectorAll("[data-tab]")];
  let finding = -1;

  const show = (name) => {
    panes.dataset.shown = name;
    for (const tab of tabs) tab.toggleAttribute("aria-current", tab.dataset.tab === name);
    for (const tab of tabs) if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
  };
  panes.classList.add("editor-tabbed");
  for (const tab of tabs)
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.dataset.tab);
    });
  editor.show = show;

  const rowOf = (element) => element?.closest?.("[data-row]");
  const nextRow = (row) => {
    const rows = [...form.querySelectorAll("[data-row]")];
    return rows[rows.indexOf(row) + 1] || rows[0];
  };
  const enter = (row) => (row?.querySelector("textarea") || row?.querySelector("input:not([type=hidden])"))?.focus();
  const nextFinding = (step) => {
    const all = editor.findings();
    if (!all.length) return;
    const current = all.findIndex((one) => one.hasAttribute("aria-current"));
    finding = ((current < 0 ? finding : current) + step + all.length) % all.length;
    editor.point(all[finding]);
    all[finding].scrollIntoView({ block: "nearest" });
  };
  const move = (row, way) => {
    const button = row?.querySelector(`button[value$="-${way}"]`);
    if (button) button.click();
  };
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    const inside = form.contains(event.target) || event.target === document.body;
    if (!inside) return;
    let taken = true;
    if (control && !event.altKey && letter === "s") {
      editor.changed();
      editor.save();
    } else if (control && letter === "z" && !event.shiftKey) editor.undo();
    else if (control && (letter === "y" || (letter === "z" && event.shiftKey))) editor.redo();
    else if (event.altKey && event.key === "ArrowUp") move(rowOf(event.target), "up");
    else if (event.altKey && event.key === "ArrowDown") move(rowOf(event.target), "down");
    else if (control && event.key === "Enter") enter(nextRow(rowOf(event.target)));
    else if (event.key === "F8") nextFinding(event.shiftKey ? -1 : 1);
    else taken = false;
    if (taken) event.preventDefault();
  });
  form.querySelector("[data-keys]").hidden = false;
})();
