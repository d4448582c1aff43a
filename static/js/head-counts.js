// Số phải dự and tỷ lệ dự, computed while the heads are typed; the server computes them again.
// form[data-counts] holds members, exempt, away, received, present, more_present; [data-required] and [data-rate] show.
(() => {
  const form = document.querySelector("form[data-counts]");
  if (!form) return;
  const number = (name) => {
    const digits = (form.elements.namedItem(name)?.value ?? "").replace(/[^\d]/g, "");
    return digits === "" ? null : Number(digits);
  };
  const update = () => {
    const members = number("members");
    const required =
      members === null ? null : members - (number("exempt") ?? 0) - (number("away") ?? 0) + (number("received") ?? 0);
    for (const place of form.querySelectorAll("[data-required]")) place.textContent = required ?? "";
    const present = number("present");
    const there = present === null ? null : present + (number("more_present") ?? 0);
    const known = required > 0 && there !== null;
    const rate = known ? `${((there * 100) / required).toFixed(1).replace(".", ",")} %` : "";
    for (const place of form.querySelectorAll("[data-rate]")) place.textContent = rate || "chưa có số liệu";
  };
  // On the form itself, so that it runs before the sums that listen on the document.
  form.addEventListener("input", update);
  document.addEventListener("lantoa:restored", update);
  update();
})();
