// Menus are <details>, so they work without this; it closes them on Escape or a click elsewhere.
(() => {
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // After a refused form the reader is taken to the summary, which links to each field.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
  // the next person of this machine finds no page of this one; what still waits to be sent stays
  for (const form of document.querySelectorAll("form[data-logout]")) {
    form.addEventListener("submit", () => {
      self.caches?.delete("lantoa-pages");
      for (const key of Object.keys(localStorage)) if (/^hoi-nghi-.*-da-gui$/.test(key)) localStorage.removeItem(key);
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
