// One step of a report: what is typed is on the phone at once and on the server two seconds later.
// form[data-step-form] says filing, part, unit and where to keep; the page works without this.
(() => {
  const form = document.querySelector("form[data-step-form]");
  const phone = self.lantoaPhone;
  if (!form || !self.indexedDB) return;
  const { filing, part, unit, keep, whole } = form.dataset;
  const { owner } = self.lantoaWaiting;
  const { read, write, clock } = self.lantoaFields;
  const state = form.querySelector("[data-save-state]");
  const version = form.elements.namedItem("version");
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const key = `${filing}:${part}`;
  const touched = new Set();
  const PAUSE = 1500;
  const AGAIN = 10_000;
  const UNHELD = "Máy này chưa giữ được số liệu, trang đang gửi thẳng lên máy chủ. Đồng chí chờ dòng Đã lưu rồi hãy đóng trang.";
  let timer = 0;
  let device = "";
  let last = 0;
  let refused = false;
  [self.lantoaDraftHere, self.lantoaKeyHere] = [keep, key];

  const say = (kind, words, link) => {
    [state.dataset.state, state.textContent] = [kind, words];
    if (!link) return;
    const way = state.appendChild(document.createElement("a"));
    [way.href, way.textContent] = [link, "Xem và chọn"];
  };
  const draft = () => ({
    key, filing: Number(filing), part, unit, owner, url: keep, page: whole, token, version: Number(version.value),
    pairs: read(form), at: (last = Math.max(Date.now(), last + 1)), clean: false,
  });
  // "Saved" is said of the last thing typed, and only once the phone holds it.
  const putDown = async () => {
    const row = draft();
    if (!refused) say("saving", "Đang lưu trên máy…");
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
    const held = await phone.put("drafts", row).then(() => true, () => false);
    if (refused || row.at !== last) return;
    held ? say("saved", `Đã lưu trên máy ${clock(last)}`) : say("waiting", UNHELD);
  };

  const heard = async (said, at) => {
    if (said.state === "kept") {
      version.value = said.version;
      if (last !== at) return true;
      const now = await phone.get("drafts", key).catch(() => null);
      if (now?.at === at) await phone.put("drafts", { ...now, version: said.version, clean: true });
      if (last === at) say("saved", said.words);
      return true;
    }
    if (said.state === "changed") {
      refused = true; // the server has put what is typed here aside, and shows both
      if (at === last) {
        touched.clear();
        await phone.remove("drafts", key).catch(() => null);
      }
      say("waiting", `${said.words} `, said.url);
      return false;
    }
    if (said.state === "sent") window.location.assign(said.url);
    if (said.state === "waiting") {
      say("waiting", "Chờ mạng: số liệu giữ trên máy, đồng chí cứ viết tiếp.");
      clearTimeout(timer);
      timer = setTimeout(send, AGAIN);
    }
    if (said.state === "login") say("waiting", "Đồng chí đăng nhập lại để lưu lên máy chủ. Số liệu vẫn giữ trên máy.");
    return false;
  };
  const send = async () => {
    const at = last;
    const said = await self.lantoaOutbox.ask(keep, whole, [...read(form), ["version", version.value], ["device", device]], token);
    return heard(said, at);
  };

  // What this phone holds of the step and the server may not.
  const restore = async () => {
    const known = await phone.get("drafts", key);
    if (!known || known.owner !== owner) return;
    if (known.clean) return void (await phone.remove("drafts", key));
    if (known.version !== Number(version.value)) {
      const said = await self.lantoaOutbox.ask(keep, whole, [...known.pairs, ["version", known.version], ["device", device]], token);
      if (said.state === "changed") {
        await phone.remove("drafts", key);
        return void say("waiting", `${said.words} `, said.url);
      }
      if (said.state === "kept") version.value = said.version;
      else version.value = known.version; // judged by what it was typed on when the network is back
    }
    write(form, known.pairs, touched);
    last = known.at;
    say("saved", `Đã lưu trên máy ${clock(last)}`);
    timer = setTimeout(send, PAUSE);
  };

  const changed = (event) => {
    if (event.target?.name) touched.add(event.target.name);
    putDown();
  };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    phone.put("drafts", draft()).catch(() => null); // the step itself goes to the server
    if (navigator.onLine || navigator.serviceWorker?.controller) return; // the worker goes on without network
    event.preventDefault();
    say("waiting", "Chờ mạng: số liệu giữ trên máy. Khi có mạng, trang tự đi tiếp.");
    window.addEventListener("online", () => form.requestSubmit(event.submitter), { once: true });
  });
  window.addEventListener("pagehide", () => last && touched.size && phone.put("drafts", draft()).catch(() => null));
  window.addEventListener("online", () => last && send());
  phone.device().then((name) => {
    device = name;
    form.elements.namedItem("device").value = name;
    return restore();
  }).catch(() => null);
})();
