// The roll at the door ([data-roll]): every mark is kept on this machine first and sent when there is a network.
// The server takes a mark once by its key, so sending again after a broken answer counts nobody twice.
(() => {
  const form = document.querySelector("[data-roll]");
  if (!form) return;
  const { rollUrl, rollKey } = form.dataset;
  const status = form.querySelector("[data-roll-status]");
  const state = form.querySelector("[data-roll-state]");
  const button = form.querySelector("button[type=submit]");
  const lines = new Map([...form.querySelectorAll("[data-roll-line]")].map((row) => [row.dataset.rollLine, row]));
  let queue = [];
  try {
    queue = JSON.parse(localStorage.getItem(rollKey)) || [];
    localStorage.setItem(rollKey, JSON.stringify(queue));
  } catch {
    return; // no memory on this machine: the plain form is left as it is
  }
  const keep = () => localStorage.setItem(rollKey, JSON.stringify(queue));
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
  // what waits here is newer than what the page was loaded with
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

  let busy = false;
  const send = async () => {
    if (busy || !queue.length) return;
    busy = true;
    const batch = queue.slice(0, 500);
    try {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
      const answer = await fetch(rollUrl, { method: "POST", headers, credentials: "same-origin", redirect: "manual", body: JSON.stringify({ marks: batch }) });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        say(`Đồng chí đăng nhập lại ở một thẻ khác; ${queue.length} dòng vẫn được giữ trên máy này.`);
        return;
      }
      const said = await answer.json();
      if (said.state !== "taken") {
        say(`${said.words} ${queue.length} dòng vẫn được giữ trên máy này.`);
        return;
      }
      queue = queue.filter((one) => !said.keys.includes(one.key));
      keep();
      status.textContent = said.status;
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
  for (const mark of queue) show(mark);
  if (queue.length) waiting();
  window.addEventListener("online", send);
  setInterval(send, 15_000);
  send();
})();
