// Total of the score sheet while points are chosen; the server computes it again when it is sent.
// form[data-score-sheet data-scale]: every points field carries data-most; lines left out share their points with the rest.
(() => {
  const form = document.querySelector("form[data-score-sheet]");
  const total = form?.querySelector("[data-score-total]");
  if (!total) return;
  const words = form.querySelector("[data-score-words]");
  const sum = form.querySelector("[data-score-sum]");
  const written = (number) => String(number).replace(".", ",");
  // A line that may be left out is left out once its points are empty and the reason is written.
  const leftOut = (field) => "maySkip" in field.dataset && form.elements[field.name.replace("points_", "note_")]?.value.trim();
  const scale = Number(form.dataset.scale.replace(",", "."));
  const update = () => {
    const lines = new Map();
    for (const field of form.querySelectorAll("[data-most]")) {
      const line = lines.get(field.name) ?? { most: Number(field.dataset.most), points: null, leftOut: leftOut(field) };
      if (field.type !== "radio" || field.checked) {
        const points = Number(field.value.trim().replace(",", "."));
        line.points = field.value.trim() === "" || Number.isNaN(points) ? null : points;
      }
      lines.set(field.name, line);
    }
    const rows = [...lines.values()].filter((line) => line.points !== null || !line.leftOut);
    const left = rows.filter((line) => line.points === null).length;
    const most = rows.reduce((sum, line) => sum + line.most, 0);
    const points = rows.reduce((sum, line) => sum + (line.points ?? 0), 0);
    const shown = Math.round((points * scale * 10) / most) / 10;
    words.textContent = left ? `Còn ${left} mục chờ đồng chí chấm` : "Tổng điểm tự chấm";
    total.textContent = left || !most ? "" : `${written(shown)}/${form.dataset.scale}`;
    if (!sum) return;
    const scaled = most === scale ? "." : `, quy về thang ${form.dataset.scale} là ${written(shown)} điểm.`;
    sum.textContent = `Cộng các mục được ${written(points)}/${written(most)} điểm${left ? `, còn ${left} mục chưa chấm.` : scaled}`;
  };
  form.addEventListener("input", update);
  document.addEventListener("lantoa:restored", update);
  update();
})();
