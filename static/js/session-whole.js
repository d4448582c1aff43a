// The whole form of a report, kept on the phone: one group a screen without network, sent as one when there is network.
// [data-whole] says filing, version, token, unit; each form[data-part] is one group; [data-next], [data-back] move.
(() => {
  const root = document.querySelector("[data-whole]");
  const phone = self.lantoaPhone;
  if (!root || !self.indexedDB) return;
  const { filing, version, token, unit, slugs } = root.dataset;
  const { owner } = self.lantoaWaiting;
  const { read, write, clock } = self.lantoaFields;
  const csrf = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const order = slugs.split(" ");
  const groups = [...root.querySelectorAll("[data-group]")];
  const next = document.querySelector("[data-next]");
  const back = document.querySelector("[data-back]");
  const state = root.querySelector("[data-save-state]");
  const problem = root.querySelector("[data-problem]");
  const url = `/bao-cao-buoi-hoc/${filing}/tat-ca/`;
  const UNHELD = "Máy này hết chỗ nên chưa giữ được số liệu. Đồng chí xóa bớt ảnh cũ trên máy rồi sửa lại một chữ để lưu.";
  let at = 0;
  let last = 0;
  let device = "";
  let waiting = false;

  const formOf = (group) => group.querySelector("form[data-part]");
  const say = (kind, words) => ([state.dataset.state, state.textContent] = [kind, words]);
  const tell = (words) => {
    problem.hidden = !words;
    problem.querySelector("p").textContent = words;
    if (words) problem.scrollIntoView({ block: "center" });
  };
  const show = (index) => {
    at = Math.min(Math.max(index, 0), groups.length - 1);
    groups.forEach((group, place) => (group.hidden = place !== at));
    next.textContent = at === groups.length - 1 ? "Gửi báo cáo" : "Tiếp tục";
    back.hidden = at === 0;
    tell("");
    window.scrollTo(0, 0);
    history.replaceState(null, "", `${url}#${order[at]}`);
    if (at === groups.length - 1) summary();
  };
  const value = (name, part) => formOf(root.querySelector(`[data-group="${part}"]`) ?? root)?.elements.namedItem(name)?.value ?? "";
  const summary = () => {
    const place = root.querySelector("[data-summary]");
    const required = root.querySelector("[data-required]")?.textContent;
    if (place) place.textContent = `Buổi học ngày ${value("held_on", "session")}${required ? `: ${value("present", "counts")}/${required} đồng chí dự` : ""}.`;
  };
  // The little that the phone can check itself; the server checks all of it.
  const lacking = (group) => {
    const form = formOf(group);
    const empty = [...form.querySelectorAll("[required]")].find((field) => field.type !== "radio" && field.type !== "checkbox" && !field.value.trim());
    if (empty) {
      empty.focus();
      return `Đồng chí ghi ${form.querySelector(`label[for="${empty.id}"]`)?.textContent.trim().toLowerCase() ?? "chỗ còn trống"}.`;
    }
    for (const name of new Set([...form.querySelectorAll("input[type=radio]")].map((field) => field.name))) {
      if (!form.querySelector(`input[name="${name}"]:checked`)) return "Đồng chí chọn mức cho từng mục dưới đây.";
    }
    return form.querySelector(".sum-off [data-sum-rule]")?.textContent ?? "";
  };

  // "Saved" is said of the last thing typed, and only once the phone holds it.
  const putDown = async (group) => {
    const part = group.dataset.group;
    const now = (last = Math.max(Date.now(), last + 1));
    say("saving", "Đang lưu trên máy…");
    const held = await phone.put("drafts", {
      key: `${filing}:${part}`, filing: Number(filing), part, unit, owner, url: group.dataset.keep, page: url,
      token: csrf, version: Number(version), pairs: read(formOf(group)), at: now, clean: false,
    }).then(() => true, () => false);
    if (now === last) held ? say("saved", `Đã lưu trên máy ${clock(now)}`) : say("waiting", UNHELD);
    return held;
  };
  const fill = async () => {
    for (const group of groups) {
      const known = await phone.get("drafts", `${filing}:${group.dataset.group}`);
      if (known?.owner === owner) write(formOf(group), known.pairs);
    }
  };
  const wait = (row) => {
    waiting = ["waiting", "login", "held"].includes(row.state);
    root.querySelector("[data-form]").hidden = waiting;
    root.querySelector("[data-sent-later]").hidden = !waiting;
    document.querySelector(".bottom-bar").hidden = waiting;
  };
  const finish = async () => {
    next.disabled = true;
    const pairs = groups.flatMap((group) => read(formOf(group)).map(([name, typed]) => [`${group.dataset.group}.${name}`, typed]));
    const now = Date.now();
    pairs.push(["token", token], ["version", version], ["device", device], ["finished", String(now)]);
    const entry = { filing: Number(filing), unit, owner, url, token: csrf, pairs, at: now };
    const held = await self.lantoaOutbox.add(entry).then(() => true, () => false);
    next.disabled = false;
    if (!held) return tell(UNHELD);
    wait({ state: "waiting" });
    await self.lantoaWaiting.send();
  };

  next.addEventListener("click", async () => {
    const group = groups[at];
    const words = lacking(group);
    if (words) return tell(words);
    await putDown(group);
    return at === groups.length - 1 ? finish() : show(at + 1);
  });
  back.addEventListener("click", () => show(at - 1));
  root.addEventListener("input", (event) => putDown(event.target.closest("[data-group]")));
  root.addEventListener("submit", (event) => {
    event.preventDefault(); // Enter goes on
    next.click();
  });
  root.querySelector("[data-mend]").addEventListener("click", async () => {
    await phone.remove("outbox", Number(filing));
    wait({ state: "mend" });
    await self.lantoaWaiting.send();
    show(0);
  });
  document.addEventListener("lantoa:outbox", (event) => {
    const row = event.detail.reports.find((one) => one.filing === Number(filing));
    if (!row) return;
    if (row.state === "sent") window.location.assign(row.link);
    else wait(row);
  });

  // Heads of the further sessions that wait on this phone: the page, kept before, does not know them.
  const addWaiting = async () => {
    const session = root.querySelector('[data-group="session"]');
    const textsOf = (pairs) => pairs.filter(([name]) => name === "directives").map(([, pk]) => pk);
    const studied = session ? textsOf(read(formOf(session))) : [];
    // people of an evening for other directives stand in the count of the main session already
    const counts = (row) => !textsOf(row.pairs).length || studied.every((pk) => textsOf(row.pairs).includes(pk));
    const extras = (await phone.all("parcels")).filter((row) => row.kind === "extra" && row.filing === Number(filing) && row.state !== "taken" && counts(row));
    const field = formOf(root.querySelector('[data-group="counts"]') ?? root)?.elements.namedItem("more_present");
    const heads = extras.map((row) => Number(new Map(row.pairs).get("present")) || 0).reduce((sum, one) => sum + one, 0);
    if (!field || !heads) return;
    field.value = Number(field.defaultValue || 0) + heads;
    const box = field.form.querySelector("[data-sum-of]");
    box.dataset.sumOf = "present more_present excused unexcused";
    box.dataset.words = "có mặt|buổi khác|vắng có lý do|vắng không lý do";
    document.dispatchEvent(new Event("lantoa:restored"));
  };

  const begin = async () => {
    let sent = null;
    try {
      device = await phone.device();
      await fill();
      await addWaiting();
      sent = await phone.get("outbox", Number(filing));
    } catch {
      say("waiting", UNHELD);
    }
    const after = new URLSearchParams(window.location.search).get("sau");
    const named = window.location.hash.slice(1);
    const left = groups.findIndex((group) => group.dataset.group === named);
    const here = left < 0 ? order.indexOf(named || window.location.pathname.split("/")[3]) : left;
    show(after ? order.indexOf(after) + 1 : here);
    if (sent) wait(sent);
    root.dataset.ready = "yes";
  };
  begin();
})();
