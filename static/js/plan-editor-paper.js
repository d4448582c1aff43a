// The paper, the findings and the deadlines of the plan editor follow what is being typed.
(() => {
  const editor = window.lantoaEditor;
  if (!editor) return;
  const { form } = editor;
  const frame = form.querySelector(".editor-frame");
  const list = form.querySelector("[data-findings]");
  const HIGHLIGHT = "lantoa-finding";
  let marked = null;

  // The head with its style sheet stays, only the paper is replaced: no flicker, the place read stays in view.
  const showPaper = (html) => {
    const paper = frame.contentDocument;
    if (!html || !paper?.body) return;
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const { scrollLeft, scrollTop } = paper.scrollingElement || paper.documentElement;
    paper.body.className = fresh.body.className;
    paper.body.replaceChildren(...fresh.body.childNodes);
    (paper.scrollingElement || paper.documentElement).scrollTo(scrollLeft, scrollTop);
    if (marked) mark(marked);
  };
  const showFindings = (html, found) => {
    const focused = document.activeElement?.closest?.("[data-finding]")?.dataset.finding;
    list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    form.querySelector("[data-found]").textContent = found;
    if (focused) list.querySelector(`[data-finding="${CSS.escape(focused)}"] .finding-go`)?.focus();
    if (marked) list.querySelector(`[data-finding="${CSS.escape(marked)}"]`)?.setAttribute("aria-current", "true");
  };
  const showDeadline = (name, html) => {
    const place = form.querySelector(`[data-deadline-of="${CSS.escape(name)}"]`);
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-deadline-of]");
    if (place && fresh && place.outerHTML !== fresh.outerHTML) place.replaceWith(fresh);
  };
  const showFaults = (faults) => {
    for (const old of form.querySelectorAll("[data-live-fault]")) {
      const field = document.getElementById(old.dataset.liveFault);
      field?.removeAttribute("aria-invalid");
      field?.classList.remove("is-invalid");
      old.remove();
    }
    for (const [name, sentences] of Object.entries(faults)) {
      const field = form.elements[name];
      if (!field?.id || field.parentElement.querySelector(".invalid-feedback")) continue;
      const words = document.createElement("p");
      words.className = "live-fault";
      words.dataset.liveFault = field.id;
      words.textContent = sentences.join(" ");
      field.setAttribute("aria-invalid", "true");
      field.classList.add("is-invalid");
      field.after(words);
    }
  };
  form.addEventListener("lantoa:answer", ({ detail }) => {
    showPaper(detail.paper);
    showFindings(detail.findings, detail.found);
    for (const [name, html] of Object.entries(detail.deadlines)) showDeadline(name, html);
    showFaults(detail.faults);
  });

  // The deadline beside its phrase answers at once, before anything is saved.
  const timers = new Map();
  const asked = new Map();
  form.addEventListener("input", ({ target }) => {
    if (!form.querySelector(`[data-deadline-of="${CSS.escape(target.name || "")}"]`)) return;
    clearTimeout(timers.get(target.name));
    timers.set(target.name, setTimeout(async () => {
      const query = new URLSearchParams({ field: target.name, phrase: target.value });
      const mine = query.toString();
      asked.set(target.name, mine);
      try {
        const reply = await fetch(`${form.dataset.deadlineUrl}?${mine}`, { credentials: "same-origin" });
        if (reply.ok && asked.get(target.name) === mine) showDeadline(target.name, await reply.text());
      } catch {
        // without a network the next saving tells it
      }
    }, 250));
  });

  // A finding: its words selected in the field, its line in the paper brought into view and coloured.
  const words = (paper, block, quote) => {
    const walker = paper.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = "";
    while (walker.nextNode()) {
      nodes.push([all.length, walker.currentNode]);
      all += walker.currentNode.data;
    }
    const pattern = quote.trim().split(/\s+/).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const found = pattern && new RegExp(pattern, "i").exec(all);
    if (!found) return null;
    const range = paper.createRange();
    const at = (place) => nodes.findLast(([start]) => start <= place);
    const [startAt, startNode] = at(found.index);
    const [endAt, endNode] = at(found.index + found[0].length - 1);
    range.setStart(startNode, found.index - startAt);
    range.setEnd(endNode, found.index + found[0].length - endAt);
    return range;
  };
  const mark = (key) => {
    const paper = frame.contentDocument;
    const highlights = frame.contentWindow?.CSS?.highlights;
    highlights?.delete(HIGHLIGHT);
    for (const old of paper?.querySelectorAll(".pointed") || []) old.classList.remove("pointed");
    const card = list.querySelector(`[data-finding="${CSS.escape(key)}"]`);
    const block = card?.dataset.line && paper?.getElementById(`khoi-${card.dataset.line}`);
    if (!block) return null;
    block.classList.add("pointed");
    const range = card.dataset.quote ? words(paper, block, card.dataset.quote) : null;
    if (range && highlights) highlights.set(HIGHLIGHT, new frame.contentWindow.Highlight(range));
    return block;
  };
  const point = (card) => {
    for (const old of list.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    card.setAttribute("aria-current", "true");
    marked = card.dataset.finding;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark(marked)?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    const field = card.dataset.field && form.elements[card.dataset.field];
    if (!field) return;
    editor.show?.("viet");
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
    const [start, end] = [Number(card.dataset.start), Number(card.dataset.end)];
    if (field.setSelectionRange && end > start) field.setSelectionRange(start, end);
  };
  // One button puts the suggestion in the place of the words, if they still stand where the server saw them.
  const fix = (card) => {
    const field = form.elements[card.dataset.field];
    const { quote, suggestion } = card.dataset;
    let [start, end] = [Number(card.dataset.start), Number(card.dataset.end)];
    const plain = (one) => one.replace(/\s+/g, " ").toLowerCase().trim();
    if (plain(field.value.slice(start, end)) !== plain(quote)) {
      start = field.value.indexOf(quote);
      end = start + quote.length;
    }
    if (start < 0) return false;
    editor.commit();
    field.value = field.value.slice(0, start) + suggestion + field.value.slice(end);
    editor.commit();
    editor.changed();
    editor.save();
    field.focus({ preventScroll: true });
    field.setSelectionRange?.(start, start + suggestion.length);
    return true;
  };
  // "Bỏ qua, có lý do": the reason is asked for in the card; without this script the link leads to the page of findings.
  const skip = (card, link) => {
    if (card.querySelector(".skip-form")) return card.querySelector("input").focus();
    const box = document.createElement("div");
    box.className = "skip-form";
    const [label, input, button] = ["label", "input", "button"].map((name) => document.createElement(name));
    Object.assign(label, { textContent: "Lý do bỏ qua", className: "form-label", htmlFor: "ly-do-bo-qua" });
    Object.assign(input, { id: "ly-do-bo-qua", className: "form-control", maxLength: 300 });
    Object.assign(button, { type: "button", textContent: "Bỏ qua", className: "btn btn-sm btn-secondary" });
    const send = async () => {
      if (!input.value.trim()) return input.focus();
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const facts = { ...link.dataset, quote: card.dataset.quote, reason: input.value, act: "dismiss" };
      for (const [name, value] of Object.entries(facts)) data.set(name, value);
      button.disabled = true;
      const reply = await fetch(link.href, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" }).catch(() => null);
      button.disabled = false;
      if (reply?.type === "opaqueredirect") return editor.save();
      label.textContent = reply?.status === 403 ? "Lỗi này chỉ người thẩm định thể thức bỏ qua được." : "Chưa gửi được; lý do vẫn còn ở đây.";
    };
    button.addEventListener("click", send);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      send();
    });
    box.append(label, input, button);
    card.append(box);
    input.focus();
  };
  list.addEventListener("click", (event) => {
    const link = event.target.closest(".finding-skip");
    if (link) {
      event.preventDefault();
      skip(link.closest("[data-finding]"), link);
      return;
    }
    if (event.target.closest(".skip-form")) return;
    const card = event.target.closest("[data-finding]");
    if (!card) return;
    if (event.target.closest(".finding-fix")) {
      if (fix(card)) event.preventDefault();
    } else if (!event.target.closest("a:not(.finding-go), button")) {
      event.preventDefault();
      point(card);
    }
  });
  Object.assign(editor, { point, findings: () => [...list.querySelectorAll("[data-finding]")] });
})();
