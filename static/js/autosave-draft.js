// Keeps what is typed in a form with data-draft-key on the machine until the server has it.
// A later page says that it has it with <meta name="draft-done" content="KEY">.
// A field with data-draft-skip (the version of the page) is neither kept nor put back.
// An input named idempotency_key gets one value per draft, so that a form sent twice counts once.
(() => {
  const PREFIX = "lantoa-draft:";
  const AGE = 45 * 24 * 3600 * 1000;
  let store = null;
  try {
    store = window.localStorage;
  } catch {
    return; // a browser that forbids storage still sends the form
  }
  const read = (key) => {
    try {
      return JSON.parse(store.getItem(PREFIX + key));
    } catch {
      return null;
    }
  };
  const clock = (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const typed = self.lantoaTyped;
  const collect = (form) => typed.read(form, typed.skipped);
  const restore = (form, fields) => typed.write(form, fields, typed.skipped);
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const keep = (form) => {
    const key = form.dataset.draftKey;
    const state = form.querySelector("[data-save-state]") || document.querySelector("[data-save-state]");
    const say = (kind, words) => {
      if (state) [state.dataset.state, state.textContent] = [kind, words];
    };
    const status = (at) =>
      navigator.onLine ? say("saved", `Đã lưu trên máy ${clock(at)}`) : say("waiting", "Chưa gửi, đang chờ mạng. Số liệu vẫn giữ trên máy.");
    const save = () => {
      const at = Date.now();
      try {
        store.setItem(PREFIX + key, JSON.stringify({ at, fields: collect(form), sent: false }));
        status(at);
      } catch {
        say("waiting", "Máy hết chỗ lưu nháp. Đồng chí gửi trước khi đóng trang.");
      }
    };
    const draft = read(key);
    // A page that came back with errors already holds everything typed; the draft must not overwrite it.
    if (draft && !form.querySelector(".is-invalid")) {
      restore(form, draft.fields);
      status(draft.at);
      document.dispatchEvent(new Event("lantoa:restored"));
    } else if (state && !state.textContent.trim()) say("", "Bản nháp tự lưu trên máy này.");
    const once = form.querySelector('input[name="idempotency_key"]');
    if (once && !once.value) once.value = newKey();
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      say("saving", "Đang lưu trên máy…");
      timer = setTimeout(save, 300);
    });
    form.addEventListener("click", (event) => event.target.closest("[data-step]") && save());
    window.addEventListener("pagehide", () => timer && save());
    window.addEventListener("offline", () => status(Date.now()));
    window.addEventListener("online", () => read(key) && status(read(key).at));
    form.addEventListener("submit", (event) => {
      save();
      if (navigator.onLine) return;
      event.preventDefault();
      say("waiting", "Chưa gửi, đang chờ mạng. Khi có mạng, trang tự gửi.");
      window.addEventListener("online", () => form.requestSubmit(event.submitter), { once: true });
    });
    for (const button of document.querySelectorAll(`[data-draft-clear="${CSS.escape(key)}"]`)) {
      button.hidden = false;
      button.addEventListener("click", () => {
        clearTimeout(timer);
        timer = 0;
        store.removeItem(PREFIX + key);
        form.reset();
        say("", "Đã bỏ bản nháp trên máy.");
        document.dispatchEvent(new Event("lantoa:restored"));
      });
    }
  };

  for (const done of document.querySelectorAll('meta[name="draft-done"]')) store.removeItem(PREFIX + done.content);
  for (const key of Object.keys(store)) {
    if (key.startsWith(PREFIX) && (read(key.slice(PREFIX.length))?.at ?? 0) < Date.now() - AGE) store.removeItem(key);
  }
  document.querySelectorAll("form[data-draft-key]").forEach(keep);
  // "Bản nháp 27/5 còn giữ trên máy": a place with data-draft-hint="KEY" shows itself when there is one.
  for (const hint of document.querySelectorAll("[data-draft-hint]")) {
    const draft = read(hint.dataset.draftHint);
    if (!draft) continue;
    const day = new Date(draft.at).toLocaleDateString("vi-VN", { day: "2-digit", month: "numeric" });
    const words = hint.querySelector("[data-draft-when]");
    if (words) words.textContent = `${clock(draft.at)} ngày ${day}`;
    hint.hidden = false;
  }
})();
