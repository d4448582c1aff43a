// A form with data-ask-leave asks before unsaved words are lost.
(() => {
  for (const form of document.querySelectorAll("form[data-ask-leave]")) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("lantoa:saved", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
})();
