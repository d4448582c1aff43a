// The plan editor saves by itself: a moment after the last key the form goes to data-save-url, which answers with
// everything that follows from it (paper, findings, deadlines). The other plan-editor-*.js files listen for
// "lantoa:answer" on the form and use window.lantoaEditor.
//
// What cannot be saved yet (a fault in a field, no network, somebody else saved first) is kept in this browser, not on
// the server: the same store must serve when the network is gone, and a half-typed phrase is nobody else's business.
// It goes with the version it was typed on, so that putting it back can never overwrite a later save unseen.
(() => {
  const form = document.querySelector("form[data-plan-editor]");
  if (!form) return;
  const IDLE = 900;
  const LONGEST = 4000;
  const WEEK = 7 * 24 * 3600 * 1000;
  const PREFIX = "lantoa-plan:";
  const key = PREFIX + form.dataset.planEditor;
  const state = form.querySelector("[data-save-state]");
  const version = form.elements.version;
  const clock = (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  let stale = false; // somebody saved meanwhile: only the person decides what happens next
  let running = null;
  let again = false;
  let first = 0;
  let timer = 0;
  let edits = 0;

  const say = (kind, words) => {
    state.dataset.state = kind;
    if (state.textContent !== words) state.textContent = words;
  };
  const store = {
    put: (value) => {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    get: () => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    drop: () => {
      try {
        localStorage.removeItem(key);
      } catch {
        // a browser without storage has nothing to drop
      }
    },
  };
  const OWN = new Set(["csrfmiddlewaretoken", "version", "removed", "act", "add_directive"]);
  // What was typed, field by field; the same text gives the same list.
  const snapshot = () => [...new FormData(form)].filter(([name]) => !OWN.has(name));
  const keep = () => store.put({ at: Date.now(), version: version.value, fields: snapshot() });

  const post = (url, extra) => {
    const data = new FormData(form);
    data.delete("act");
    for (const [name, value] of Object.entries(extra)) data.set(name, value);
    return fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" });
  };
  const told = (answer, counted) => {
    form.dispatchEvent(new CustomEvent("lantoa:answer", { detail: answer }));
    if (answer.state === "saved") {
      version.value = answer.version;
      if (counted === edits) {
        store.drop();
        say("saved", `Đã lưu ${answer.at}`);
        form.dispatchEvent(new Event("lantoa:saved"));
      }
    } else if (answer.state === "faulty") say("waiting", `Còn ${Object.keys(answer.faults).length} chỗ cần xem lại, đang giữ trên máy`);
    else if (answer.state === "conflict") {
      stale = true;
      const notice = form.querySelector("[data-conflict]");
      notice.querySelector("[data-conflict-who]").textContent = `Lúc ${answer.at}, đồng chí ${answer.by}`;
      notice.hidden = false;
      say("waiting", "Chưa lưu: có người vừa lưu trước");
    } else if (answer.state === "closed") {
      stale = true;
      say("waiting", answer.words);
    }
  };
  const save = async () => {
    clearTimeout(timer);
    timer = first = 0;
    if (running) {
      again = true;
      return running;
    }
    const counted = edits;
    if (!stale) say("saving", "Đang lưu…");
    running = (async () => {
      try {
        const reply = await post(form.dataset.saveUrl, stale ? { only: "show" } : {});
        if (!(reply.headers.get("Content-Type") || "").includes("json")) throw new Error(reply.status);
        told(await reply.json(), counted);
      } catch {
        say("waiting", navigator.onLine ? "Máy chủ chưa trả lời, đang giữ trên máy" : "Mất mạng, đang giữ trên máy");
        timer = setTimeout(save, 8000);
      }
    })();
    await running;
    running = null;
    if (again) {
      again = false;
      return save();
    }
  };
  const changed = () => {
    edits += 1;
    first = first || Date.now();
    keep();
    if (!stale && state.dataset.state !== "saving") say("typing", "Chưa lưu");
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(IDLE, first + LONGEST - Date.now())));
  };
  form.addEventListener("input", (event) => event.target.name !== "add_directive" && changed());
  window.addEventListener("online", () => timer && save());
  // The form itself is sent only when no saving is under way: else it would be in conflict with itself.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again = false;
    const button = event.submitter;
    running.then(() => {
      running = null;
      form.requestSubmit(button);
    });
  }, true);

  const kept = store.get();
  const same = (fields) => JSON.stringify(fields) === JSON.stringify(snapshot());
  window.lantoaEditor = { form, save, changed, snapshot, post, say, isStale: () => stale };
  if (kept && (kept.at < Date.now() - WEEK || same(kept.fields))) store.drop();
  else if (kept && !("unsaved" in form.dataset)) {
    const notice = document.querySelector("[data-kept-notice]");
    notice.querySelector("[data-kept-at]").textContent = clock(kept.at);
    notice.hidden = false;
    notice.querySelector("[data-kept-drop]").addEventListener("click", () => {
      store.drop();
      notice.hidden = true;
    });
    notice.querySelector("[data-kept-open]").addEventListener("click", async () => {
      notice.hidden = true;
      await window.lantoaEditor.restore(kept.fields);
      version.value = kept.version; // a save made since then is shown as a conflict, not overwritten
      changed();
    });
  }
  if ("unsaved" in form.dataset && !form.querySelector(".is-invalid")) window.addEventListener("load", changed, { once: true });
})();
