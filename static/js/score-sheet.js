// Total of the score sheet while points are chosen; the server computes it again when it is sent.
// form[data-score-sheet data-scale]: every points field carries data-most; lines left out share their points with the rest.
(() => {
  const form = document.querySelector("form[data-score-sheet]");
  const total = form?.querySelector("[data-score-total]");
  if (!total) return;
  const words = form.querySelector("[data-score-words]");
  const scale = Number(form.dataset.scale.replace(",", "."));
  const update = () => {
    const lines = new Map();
    for (const field of form.querySelectorAll("[data-most]")) {
      const line = lines.get(field.name) ?? { most: Number(field.dataset.most), points: null };
      if (field.type !== "radio" || field.checked) {
        const points = Number(field.value.trim().replace(",", "."));
        line.points = field.value.trim() === "" || Number.isNaN(points) ? null : points;
      }
      lines.set(field.name, line);
    }
    const rows = [...lines.values()];
    const left = rows.filter((line) => line.points === null).length;
    const most = rows.reduce((sum, line) => sum + line.most, 0);
    const points = rows.reduce((sum, line) => sum + (line.points ?? 0), 0);
    const shown = Math.round((points * scale * 10) / most) / 10;
    words.textContent = left ? `Còn ${left} mục chờ đồng chí chấm` : "Tổng điểm tự chấm";
    total.textContent = left || !most ? "" : `${String(shown).replace(".", ",")}/${form.dataset.scale}`;
  };
  form.addEventListener("input", update);
  document.addEventListener("lantoa:restored", update);
  update();
})();
