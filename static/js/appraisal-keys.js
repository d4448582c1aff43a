// Down the points by the keyboard, as in a sheet of Excel. Without this file the page works by Tab, Alt+S, Alt+J, Alt+K.
(() => {
  const form = document.querySelector("form[data-appraisal]");
  if (!form) return;
  const points = [...form.querySelectorAll("[name^=points_]")];
  for (const words of document.querySelectorAll("[data-with-script]")) words.hidden = false;
  const go = (place) => {
    const field = points[place];
    if (!field) return form.querySelector("button[name=then]").focus();
    field.focus();
    field.select?.();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=then]"));
      return;
    }
    const here = points.indexOf(event.target);
    if (here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const chosen = event.target.tagName === "SELECT"; // the arrows choose in it
    if (event.key === "Enter" || (event.key === "ArrowDown" && !chosen)) {
      event.preventDefault();
      go(here + 1);
    } else if (event.key === "ArrowUp" && !chosen && here > 0) {
      event.preventDefault();
      go(here - 1);
    }
  });
  go(0);
})();
