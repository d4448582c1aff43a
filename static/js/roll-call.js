// The roll at the door ([data-roll]): every mark is kept on this machine first and sent when there is a network.
// The server takes a mark once by its key, so sending again after a broken answer counts nobody twice.
// The page itself is kept too, so that a closed tab opens again without network (phone-worker.js), and marks sent since it was
// read are remembered: the kept page does not know them.
(() => {
  const form = document.querySelector("[data-roll]");
  const here = window.location.pathname;
  const keepHere = async () => (await self.lantoaKeep.ready()) && self.lantoaKeep.page(here);
  if (!form) {
    keepHere().catch(() => null); // a roll that was closed: in place of the open one
    return;
  }
  const { rollUrl, rollKey, rollRead } = form.dataset;
  const sentKey = `${rollKey}-da-gui`; // menu.js drops it at logout
  const read = Date.parse(rollRead);
  const status = form.querySelector("[data-roll-status]");
  const state = form.querySelector("[data-roll-state]");
  const button = form.querySelector("button[type=submit]");
  const lines = new Map([...form.querySelectorAll("[data-roll-line]")].map((row) => [row.dataset.rollLine, row]));
  let queue = [];
  let sent = { marks: [] };
  try {
    queue = JSON.parse(localStorage.getItem(rollKey)) || [];
    localStorage.setItem(rollKey, JSON.stringify(queue));
    sent = JSON.parse(localStorage.getItem(sentKey)) || sent;
    // what the server had when it wrote this page stands in it
    sent.marks = sent.marks.filter((one) => Date.parse(one.taken) >= read);
  } catch {
    return; // no memory on this machine: the plain form is left as it is
  }
  const keep = () => {
    localStorage.setItem(sentKey, JSON.stringify(sent));
    localStorage.setItem(rollKey, JSON.stringify(queue));
  };
  const say = (words) => {
    state.hidden = !words;
    state.textContent = words;
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const field = (row, name) => row.querySelector(`[name="d${row.dataset.rollLine}-${name}"]`);
  const note = (row) => {
    const chosen = row.querySelector("input[type=radio]:checked");
    if (!chosen) return;
    const invitee = Number(row.dataset.rollLine);
    const mark = { invitee, attendance: chosen.value, key: newKey(), at: new Date().toISOString(), note: field(row, "note").value };
    if (field(row, "present") && chosen.value === "present") {
      mark.present = field(row, "present").value;
      mark.excused = field(row, "excused").value;
    }
    queue = [...queue.filter((one) => one.invitee !== invitee), mark];
    keep();
    send();
  };
  // what was sent or waits here is newer than what the page was loaded with
  const show = (mark) => {
    const row = lines.get(String(mark.invitee));
    const choice = row && [...row.querySelectorAll("input[type=radio]")].find((one) => one.value === mark.attendance);
    if (!choice) return;
    choice.checked = true;
    field(row, "note").value = mark.note;
    for (const name of ["present", "excused"]) if (mark[name] !== undefined && field(row, name)) field(row, name).value = mark[name];
  };
  let scanned = ""; // whom the scanner read last, until another line is marked
  const waiting = () => say(`${scanned}${queue.length ? `${queue.length} dòng đang chờ mạng, đã giữ trên máy này.` : "Đã gửi hết."}`);

  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const post = (marks) => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token.value };
    return fetch(rollUrl, { method: "POST", headers, credentials: "same-origin", redirect: "manual", body: JSON.stringify({ marks }) });
  };
  // the same person logged in again in another tab: that ended the token of this page
  const renewed = async () => {
    const page = await self.lantoaKeep.page(here);
    if (page?.querySelector("[data-roll]")?.dataset.rollKey !== rollKey) return false;
    token.value = page.querySelector("[name=csrfmiddlewaretoken]").value;
    return true;
  };
  const refusedWhole = (answer) => answer.type === "opaqueredirect" || answer.status === 403;
  // the marks of `batch` that the server has now
  const taken = (batch, said) => {
    const marks = batch.filter((one) => said.keys.includes(one.key) && !said.refused[one.key]).map((one) => ({ ...one, taken: said.at }));
    const lines = new Set(marks.map((one) => one.invitee));
    sent = { at: said.at, status: said.status, marks: [...sent.marks.filter((one) => !lines.has(one.invitee)), ...marks] };
    queue = queue.filter((one) => !said.keys.includes(one.key));
    keep();
    status.textContent = said.status;
  };

  let busy = false;
  const send = async () => {
    if (busy || !queue.length) return;
    busy = true;
    const batch = queue.slice(0, 500);
    try {
      let answer = await post(batch);
      if (refusedWhole(answer) && (await renewed())) answer = await post(batch);
      if (refusedWhole(answer)) {
        say(`Đồng chí đăng nhập lại ở một thẻ khác; ${queue.length} dòng vẫn được giữ trên máy này.`);
        return;
      }
      const said = await answer.json();
      if (said.state !== "taken") {
        say(`${said.words} ${queue.length} dòng vẫn được giữ trên máy này.`);
        return;
      }
      taken(batch, said);
      const refused = Object.values(said.refused);
      if (refused.length) say(refused.join(" "));
      else waiting();
    } catch {
      waiting();
      return;
    } finally {
      busy = false;
    }
    if (queue.length) send(); // marks made meanwhile, or the rest of a long queue
  };

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const find = form.querySelector("[data-roll-find]");
  const box = find.querySelector("input");
  const names = new Map([...lines.values()].map((row) => [row, fold(row.firstElementChild.textContent)]));
  const sift = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    for (const [row, name] of names) row.hidden = !words.every((word) => name.includes(word));
    for (const group of form.querySelectorAll("[data-roll-group]")) group.hidden = !group.querySelector("li:not([hidden])");
  };
  // a scanner types the address of the QR and Enter: the line that carries the same code is marked, also without network
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const code = /quet\/(\d+)-[\w-]{22}\/?$/.exec(box.value.trim());
    if (!code) return;
    const row = lines.get(code[1]);
    box.value = "";
    sift();
    if (!row || row.dataset.rollCode !== code[0].slice(5).replace(/\/$/, "")) {
      say("Mã này không phải của hội nghị này hoặc đã thu lại. Chưa ghi gì.");
      return;
    }
    row.querySelector('input[value="present"]').checked = true;
    scanned = `Có mặt: ${row.querySelector("strong").textContent}. `;
    say(scanned);
    note(row);
  });
  box.addEventListener("input", sift);
  find.hidden = false;
  button.hidden = true; // every mark is sent by itself
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-roll-line]");
    scanned = "";
    if (row) note(row);
  });
  for (const mark of [...sent.marks, ...queue]) show(mark);
  if (sent.marks.length) status.textContent = sent.status;
  if (queue.length) waiting();

  let away = false;
  const clock = new Date(rollRead).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const start = async () => {
    try {
      document.documentElement.dataset.kept = (await keepHere()) ? "yes" : "no";
      if (away) waiting();
      away = false;
    } catch {
      away = true; // opened from this machine, or the network went at once
      if (!queue.length) say(`Đang không có mạng, trang này giữ trên máy từ ${clock}. Đồng chí điểm danh tiếp, có mạng trang tự gửi.`);
    }
  };
  const again = () => {
    if (away) start();
    send();
  };
  window.addEventListener("online", again);
  setInterval(again, 15_000);
  start();
  send();
})();
