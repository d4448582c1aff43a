// Undo and redo over the whole plan form, and row buttons that change the form without leaving the page.
// A step is the whole form as it stood. When the rows are the same, values are put back in place; when a row was moved,
// added or removed, the server draws the form of that step and it takes the place of the present one.
(() => {
  const editor = window.lantoaEditor;
  if (!editor) return;
  const { form } = editor;
  const MOST = 200;
  const PAUSE = 700;
  const past = [];
  const future = [];
  let present = editor.snapshot();
  let timer = 0;
  const undoButton = form.querySelector("[data-undo]");
  const redoButton = form.querySelector("[data-redo]");
  const text = (step) => JSON.stringify(step);
  const buttons = () => {
    undoButton.disabled = !past.length && text(present) === text(editor.snapshot());
    redoButton.disabled = !future.length;
  };
  const commit = () => {
    clearTimeout(timer);
    timer = 0;
    const now = editor.snapshot();
    if (text(now) === text(present)) return;
    past.push(present);
    if (past.length > MOST) past.shift();
    future.length = 0;
    present = now;
    buttons();
  };

  // The parts of the form that rows live in, taken from a page of the server.
  const swap = (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-plan-editor]");
    if (!fresh) return false;
    for (const selector of [".editor-write", "[data-removed]", "[data-findings]"]) {
      const target = form.querySelector(selector);
      target.replaceChildren(...fresh.querySelector(selector).childNodes);
      target.hidden = fresh.querySelector(selector).hidden;
    }
    form.elements.removed.value = fresh.querySelector("[name=removed]").value;
    return true;
  };
  const draw = async (act, fields) => {
    const data = fields ? new FormData() : new FormData(form);
    for (const [name, value] of fields || []) data.append(name, value);
    for (const name of ["csrfmiddlewaretoken", "version"]) data.set(name, form.elements[name].value);
    data.set("act", act);
    const reply = await fetch(window.location.pathname, { method: "POST", body: data, credentials: "same-origin" });
    return reply.ok && !reply.redirected && swap(await reply.text());
  };
  const names = (step) => text(step.map(([name]) => name).filter((name) => !boxes.has(name)));
  const boxes = new Set();
  const restore = async (step) => {
    for (const box of form.querySelectorAll("[type=checkbox]")) boxes.add(box.name);
    if (names(step) !== names(editor.snapshot())) return draw("show", step);
    const values = new Map(step);
    for (const field of form.elements) {
      if (boxes.has(field.name)) field.checked = values.has(field.name);
      else if (values.has(field.name) && field.value !== values.get(field.name)) field.value = values.get(field.name);
    }
    return true;
  };
  const step = async (from, to) => {
    commit();
    if (!from.length) return;
    const target = from.pop();
    if (!(await restore(target))) {
      from.push(target);
      editor.say("waiting", "Chưa hoàn tác được: máy chủ chưa trả lời");
      return;
    }
    to.push(present);
    present = target;
    form.querySelector("[data-removed]").hidden = true;
    buttons();
    editor.changed();
  };
  const act = async (value) => {
    commit();
    if (!(await draw(value))) return false;
    commit();
    editor.changed();
    return true;
  };

  // Where the person was stays in view: the row they moved, the row they added, the row after the one they removed.
  const focusAfter = (value) => {
    const [, part, number, move] = value.match(/^([a-z]+)-(?:(\d+)-)?([a-z]+)$/) || [];
    if (!part) return;
    const rows = [...form.querySelectorAll(`[data-row^="${part}-"]`)];
    const at = Number(number);
    const place = { add: rows.length - 1, up: at - 1, down: at + 1, child: at + 1, remove: Math.min(at, rows.length - 1) }[move];
    const row = rows[Math.max(0, place ?? 0)];
    if (!row) return;
    const again = row.querySelector(`[value$="-${move}"]`);
    const field = row.querySelector("input:not([type=hidden]), textarea, select");
    ((move === "up" || move === "down") && again ? again : field)?.focus();
  };
  form.addEventListener("click", async (event) => {
    const button = event.target.closest('button[name="act"]');
    if (!button || ["save", "resolve"].includes(button.value) || button.value.startsWith("fix-")) return;
    event.preventDefault();
    button.disabled = true;
    try {
      if (await act(button.value)) focusAfter(button.value);
      else form.requestSubmit(button);
    } catch {
      editor.say("waiting", "Mất mạng: chưa đổi được dòng, chữ đang gõ vẫn giữ trên máy");
    }
    button.disabled = false;
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(commit, PAUSE);
    undoButton.disabled = false;
  });
  undoButton.addEventListener("click", () => step(past, future));
  redoButton.addEventListener("click", () => step(future, past));
  form.querySelector("[data-undo-bar]").hidden = false;
  Object.assign(editor, { commit, act, restore, focusAfter, undo: () => step(past, future), redo: () => step(future, past) });
})();
