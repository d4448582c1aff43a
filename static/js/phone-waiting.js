// On every page of a phone: starts the service worker, sends what waits, and says what waits.
// Over plain HTTP there is no worker (the browser forbids it); drafts and sending from an open page work all the same.
(() => {
  const phone = self.lantoaPhone;
  // a page of nobody (the one shown without network) counts everything on this phone and sends it, each as its owner's
  const owner = document.querySelector('meta[name="phone-user"]')?.content || null;
  const mine = async (name) => (await phone.all(name)).filter((row) => owner === null || row.owner === owner);
  const place = document.querySelector("[data-waiting]");
  const EVERY = 10_000;

  const clock = (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const WORDS = {
    waiting: (row) => `Chờ mạng: báo cáo của ${row.unit}, xong lúc ${clock(row.at)}. Số liệu giữ trên máy và tự gửi khi có mạng.`,
    login: (row) => `Báo cáo của ${row.unit} còn chờ trên máy. Đồng chí đăng nhập lại để báo cáo được gửi.`,
    missing: (row) => `Chưa gửi được báo cáo của ${row.unit}: báo cáo này không còn mở. Đồng chí gọi văn phòng, số liệu vẫn giữ trên máy.`,
    held: (row) => `Báo cáo của ${row.unit} chờ buổi chia ca, học bù ở trên gửi xong rồi tự gửi.`,
    sent: (row) => `Đã gửi báo cáo của ${row.unit}, xong lúc ${clock(row.at)}.`,
  };
  const LINKS = { sent: "Xem biên nhận", changed: "Xem và chọn", wrong: "Mở chỗ cần xem lại" };

  const line = (row) => {
    const box = document.createElement("div");
    box.className = `notice notice-${row.state === "sent" ? "success" : "warning"}`;
    box.dataset.state = row.state;
    const body = box.appendChild(document.createElement("div"));
    body.className = "notice-body";
    const words = body.appendChild(document.createElement("p"));
    words.textContent = (WORDS[row.state] ? WORDS[row.state](row) : row.words) || row.words;
    if (row.link && LINKS[row.state]) {
      const link = body.appendChild(document.createElement("p")).appendChild(document.createElement("a"));
      link.className = "btn btn-outline-primary";
      link.href = row.link;
      link.textContent = LINKS[row.state];
      // the server has it all and shows it there; the phone need not say it again
      link.addEventListener("click", () => phone.forget(row.filing));
    } else if (row.state === "missing") {
      const button = body.appendChild(document.createElement("button"));
      button.className = "btn btn-secondary";
      button.textContent = "Bỏ khỏi máy này";
      button.addEventListener("click", () => phone.forget(row.filing).then(send));
    }
    return box;
  };
  const lines = ({ reports, parcels }) =>
    owner === null ? self.lantoaParcels.counts(reports, parcels) : [...self.lantoaParcels.lines(parcels, send), ...reports.map(line)];
  const show = (rows) => place?.replaceChildren(...lines(rows));
  const all = async () => ({ reports: await mine("outbox"), parcels: await mine("parcels") });

  const send = async () => {
    const rows = await all().catch(() => ({ reports: [], parcels: [] })); // no storage: nothing waits here
    show(rows);
    if (!rows.reports.length && !rows.parcels.length) return;
    const after = await self.lantoaOutbox.send(owner);
    show(after);
    document.dispatchEvent(new CustomEvent("lantoa:outbox", { detail: after }));
  };

  // What was typed on other pages of this phone and has not reached the server yet.
  const push = async () => {
    const device = await phone.device();
    for (const draft of await mine("drafts")) {
      if (draft.clean || draft.url === self.lantoaDraftHere) continue;
      const said = await self.lantoaOutbox.ask(draft.url, draft.page, [...draft.pairs, ["version", draft.version], ["device", device]], draft.token);
      const now = await phone.get("drafts", draft.key);
      if (!now || now.at !== draft.at) continue;
      if (said.state === "kept") await phone.put("drafts", { ...now, clean: true });
      // set aside on the server, where the person chooses; or gone with the report
      else if (["changed", "sent", "missing"].includes(said.state)) await phone.remove("drafts", draft.key);
    }
  };
  // On the page without network: what is being written on this phone and the rolls it keeps, with the way back to them.
  const drafts = async () => {
    const list = document.querySelector("[data-phone-drafts]");
    if (!list) return;
    const waiting = new Set((await mine("outbox")).map((row) => row.filing));
    // of each report the group written last: that is where it goes on
    const open = (await mine("drafts")).filter((row) => !waiting.has(row.filing)).sort((one, other) => one.at - other.at);
    const written = new Map(open.map((row) => [row.filing, row]));
    const way = (href, words) => {
      const link = document.createElement("a");
      link.className = "btn btn-primary w-100 mb-2";
      link.href = href;
      link.textContent = words;
      list.append(link);
    };
    for (const row of written.values()) way(`/bao-cao-buoi-hoc/${row.filing}/tat-ca/#${row.part}`, `Viết tiếp báo cáo của ${row.unit}`);
    for (const path of await self.lantoaKeep.paths(/^\/hoi-nghi\/\d+\/diem-danh\/$/)) way(path, "Điểm danh tiếp hội nghị");
  };

  const start = async () => {
    for (const done of document.querySelectorAll('meta[name="report-done"]')) await phone.forget(Number(done.content));
    if (!(await self.lantoaKeep.ready())) return;
    const keep = [...document.querySelectorAll('meta[name="keep-page"]')].map((page) => page.content);
    const known = (await mine("drafts")).filter((draft) => draft.clean);
    for (const path of keep) await self.lantoaKeep.page(path);
    // the page just kept holds what the server has
    for (const draft of known) if (keep.includes(draft.page) && draft.key !== self.lantoaKeyHere) await phone.remove("drafts", draft.key);
    document.documentElement.dataset.kept = "yes";
  };
  const begin = async () => {
    await drafts();
    await send();
    if (owner) await push();
    await start();
  };
  navigator.serviceWorker?.addEventListener("message", () => all().then(show));
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  setInterval(send, EVERY);
  self.lantoaWaiting = { send, owner };
  begin().catch(() => null); // a browser that forbids storage still sends every step
})();
