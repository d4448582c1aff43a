// − / + beside a count, and sums that state their rule: "42 = 37 có mặt + 3 + 2".
// [data-stepper] wraps a number field; [data-sum-of="a b c"] names fields by their form name,
// data-words="có mặt|vắng có lý do|…" their nouns, data-equals the id of the field that must hold the
// same number, data-total that number when there is no such field.
(() => {
  const number = (text) => {
    const digits = String(text ?? "").replace(/[^\d]/g, "");
    return digits === "" ? null : Number(digits);
  };
  const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  const wire = (stepper) => {
    const field = stepper.querySelector("input");
    const low = number(field.min) ?? 0;
    const high = number(field.max) ?? Infinity;
    for (const button of stepper.querySelectorAll("[data-step]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const next = (number(field.value) ?? 0) + Number(button.dataset.step);
        field.value = Math.min(Math.max(next, low), high);
        tell(field);
      });
    }
    stepper.classList.remove("stepper-plain");
  };

  const fieldNamed = (box, name) => {
    const form = box.closest("form");
    const found = form && (form.elements.namedItem(name) || form.querySelector(`#${CSS.escape(name)}`));
    return found instanceof RadioNodeList ? found[0] : found;
  };
  const wanted = (box) => {
    const other = box.dataset.equals && document.getElementById(box.dataset.equals);
    return other ? number("value" in other ? other.value : other.textContent) : number(box.dataset.total);
  };
  const grouped = (value) => value.toLocaleString("vi-VN");

  const update = (box) => {
    const parts = box.dataset.sumOf.split(" ").map((name) => number(fieldNamed(box, name)?.value));
    const words = (box.dataset.words || "").split("|");
    const figure = box.querySelector("[data-sum]");
    const rule = box.querySelector("[data-sum-rule]");
    if (parts.every((part) => part === null)) return;
    const sum = parts.reduce((total, part) => total + (part ?? 0), 0);
    const spoken = parts.map((part, at) => `${grouped(part ?? 0)}${words[at] ? ` ${words[at]}` : ""}`).join(" + ");
    const target = wanted(box);
    const complete = parts.every((part) => part !== null);
    const off = target !== null && complete && sum !== target;
    figure.textContent = grouped(sum);
    rule.textContent = `${grouped(sum)} = ${spoken}${
      off ? `. Cần đúng ${grouped(target)}, ${sum > target ? "thừa" : "thiếu"} ${grouped(Math.abs(sum - target))}.` : ""
    }`;
    box.classList.toggle("sum-off", off);
  };

  document.querySelectorAll("[data-stepper]").forEach(wire);
  const boxes = [...document.querySelectorAll("[data-sum-of]")];
  const updateAll = () => boxes.forEach(update);
  document.addEventListener("input", updateAll);
  document.addEventListener("lantoa:restored", updateAll);
  updateAll();
})();
