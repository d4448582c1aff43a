// Saves an outline or a biểu on the server while it is typed: the same post as the button's, with act=keep.
// The answer is the version that the next post has to name; without network the draft on the machine stays (autosave-draft.js).
(() => {
  const PAUSE = 3000;
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  let timer = 0;
  let sending = null;
  let edits = 0;
  let stopped = false; // somebody else saved, or the report was sent: only the button, which shows why, goes on

  const send = async () => {
    const counted = edits;
    const body = new FormData(form);
    body.set("act", "keep");
    const answer = await fetch(window.location.href, { method: "POST", body }).catch(() => null);
    if (!answer) return;
    stopped = !answer.ok || !(answer.headers.get("content-type") || "").startsWith("application/json");
    if (stopped) return;
    const saved = await answer.json();
    form.elements.version.value = saved.version;
    // of what was typed meanwhile the server says nothing yet
    if (state && counted === edits) [state.dataset.state, state.textContent] = ["saved", saved.words];
  };
  const start = () => {
    if (sending) return wait();
    sending = send().finally(() => {
      sending = null;
    });
  };
  const wait = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(start, PAUSE);
  };

  form.addEventListener("input", () => {
    edits += 1;
    wait();
  });
  // A press on a button waits for a saving on its way: it has to name the version that this saving makes.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!sending || event.defaultPrevented) return;
    event.preventDefault();
    sending.then(() => form.requestSubmit(event.submitter));
  });
})();
