// Zalo's own browser closes pages and forgets drafts: say so and offer Chrome.
// On Android an intent address opens Chrome; elsewhere the words in the hint must do.
// A known phone takes its work along: what is typed goes with the pass (form data-zalo-carry), is kept for one page in
// Chrome (data-carried) and is put back there into the fields of the same names.
(() => {
  const KEY = "lantoa-carried";
  const { read, skipped, write } = self.lantoaTyped;
  const left = (field) => skipped(field) || field.type === "hidden";
  const forms = () => document.querySelectorAll("form:is([data-draft-key], [data-step-form])");
  const typed = () => {
    const fields = {};
    for (const form of forms()) read(form, left, fields);
    return fields;
  };
  const putBack = (fields) => {
    const seen = {};
    for (const form of forms()) {
      write(form, fields, left, seen);
      for (const field of form.elements) if (!left(field) && field.name in fields) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    document.dispatchEvent(new Event("lantoa:restored"));
  };

  for (const form of document.querySelectorAll("form[data-zalo-carry]")) {
    form.addEventListener("submit", () => (form.elements.fields.value = JSON.stringify(typed())));
  }
  const carried = document.querySelector("[data-carried]");
  if (carried) {
    sessionStorage.setItem(KEY, JSON.stringify({ path: carried.dataset.path, fields: JSON.parse(carried.dataset.carried) }));
    window.location.replace(carried.dataset.path);
    return;
  }
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (kept && kept.path === window.location.pathname + window.location.search) {
      sessionStorage.removeItem(KEY);
      // after the other scripts of the page have put back what this phone had kept before
      window.addEventListener("load", () => putBack(kept.fields));
    }
  } catch {
    // a browser that forbids storage shows what the server has
  }

  const hint = document.querySelector("[data-zalo-hint]");
  if (!hint || !/Zalo/i.test(navigator.userAgent)) return;
  hint.hidden = false;
  const link = hint.querySelector("[data-zalo-open]");
  if (!link || !/Android/i.test(navigator.userAgent)) return;
  const { host, pathname, search, protocol } = window.location;
  link.href = `intent://${host}${pathname}${search}#Intent;scheme=${protocol.replace(":", "")};package=com.android.chrome;end`;
  link.hidden = false;
})();
