// One box ticks every row of the page: label[data-tick-all="name of the rows' boxes"] with a box inside, shown by this alone.
// [data-tick-count] says how many are ticked. Without this every row is ticked by itself.
(() => {
  const label = document.querySelector("[data-tick-all]");
  if (!label) return;
  const form = label.closest("form");
  const all = label.querySelector("input");
  const rows = [...form.querySelectorAll(`input[type=checkbox][name="${label.dataset.tickAll}"]`)];
  const count = form.querySelector("[data-tick-count]");
  const show = () => {
    const ticked = rows.filter((row) => row.checked).length;
    all.checked = ticked > 0 && ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
    if (count) count.textContent = ticked ? `Đã đánh dấu ${ticked}/${rows.length} báo cáo ở trang này.` : "";
  };
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
    show();
  });
  form.addEventListener("change", (event) => { if (rows.includes(event.target)) show(); });
  label.hidden = rows.length < 2;
  show(); // the browser may have kept ticks of before
})();
