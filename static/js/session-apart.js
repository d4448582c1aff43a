// Photos and minutes, or a further session, given on a phone (form[data-apart] says kind, filing, unit, url, page, after):
// put down on the phone first, then sent by itself exactly once. The form works without this.
(() => {
  const form = document.querySelector("form[data-apart]");
  const phone = self.lantoaPhone;
  if (!form || !self.indexedDB || !self.lantoaWaiting) return;
  const { apart: kind, filing, unit, url, page, after } = form.dataset;
  const { owner, send } = self.lantoaWaiting;
  const state = form.querySelector("[data-shrink-state]");
  const LARGEST = 12 * 1024 * 1024;
  const FULL = "Máy hết chỗ nên chưa giữ được để gửi sau. Đồng chí xóa bớt ảnh cũ trên máy, hoặc chờ có mạng rồi bấm lại; chưa có gì bị mất.";
  const PLACED = "máy không xóa được nơi chụp nên không giữ chờ mạng; khi có mạng đồng chí gửi lại, máy chủ sẽ xóa.";

  const say = (words) => {
    state.textContent = words;
    if (words) state.scrollIntoView({ block: "center" });
  };
  // A picture drawn anew by photo-shrink.js holds nothing of the camera: a JPEG without an Exif part (marker E1).
  const bare = (bytes, type) => {
    if (!type.startsWith("image/")) return true;
    const view = new DataView(bytes);
    if (type !== "image/jpeg" || view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return false;
    for (let at = 2; at + 4 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint16(at);
      if (marker === 0xffda) return true;
      if (marker === 0xffe1 || marker < 0xff01) return false;
    }
    return false;
  };
  const parcel = (label, pairs, file) => ({
    key: phone.random(16), kind, filing: Number(filing), unit, owner, url, page, label, pairs, file,
    token: form.elements.namedItem("csrfmiddlewaretoken").value, at: Date.now(),
  });
  let straight = false; // whether something went to the server without being kept here
  // On the phone first; where the phone has no room or may not hold it, at once or not at all.
  const give = async (one, holdable) => {
    if (holdable) {
      try {
        await self.lantoaOutbox.add(one, "parcels");
        return "";
      } catch {
        // no room: the network may still be there
      }
    }
    const said = await self.lantoaOutbox.ask(url, page, self.lantoaOutbox.pairsOf(one), one.token);
    if (said.state === "taken") {
      straight = true;
      return "";
    }
    return said.words || (holdable ? FULL : `${one.label}: ${PLACED}`);
  };

  const giveFiles = async () => {
    const files = ["photos", "minutes"].flatMap((name) => [...form.elements.namedItem(name).files].map((file) => [name === "photos" ? "photo" : "minutes", file]));
    if (!files.length) return ["Đồng chí chọn ít nhất một ảnh hoặc một tệp."];
    if (!form.elements.namedItem("declared").checked) return ["Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước."];
    const large = files.find(([, file]) => file.size > LARGEST);
    if (large) return [`${large[1].name} lớn hơn 12 MB nên chưa giữ. Đồng chí chọn tệp nhỏ hơn.`];
    const problems = [];
    for (const [what, file] of files) {
      const bytes = await file.arrayBuffer();
      const pairs = [["kind", what], ["declared", "on"]];
      problems.push(await give(parcel(file.name, pairs, { name: file.name, type: file.type, bytes }), bare(bytes, file.type)));
    }
    return problems.filter(Boolean);
  };
  const refusedBefore = async () =>
    (await phone.all("parcels")).filter((row) => row.kind === "extra" && row.filing === Number(filing) && row.owner === owner && row.settled && row.state !== "taken");
  const giveExtra = async () => {
    for (const name of ["held_on", "present"]) {
      const field = form.elements.namedItem(name);
      if (!field || field.value.trim()) continue;
      field.focus();
      return [`Đồng chí ghi ${form.querySelector(`label[for="${field.id}"]`).textContent.trim().toLowerCase()}.`];
    }
    for (const row of await refusedBefore().catch(() => [])) await phone.remove("parcels", row.key); // this one takes its place
    const device = await phone.device().catch(() => "");
    const pairs = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key"].includes(name));
    return [await give(parcel("buổi chia ca, học bù", [...pairs, ["device", device]], null), true)].filter(Boolean);
  };

  let busy = false;
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return; // photos are still being made small
    event.preventDefault();
    if (busy) return;
    busy = true;
    say("Đang giữ trên máy và gửi…");
    const problems = await (kind === "file" ? giveFiles() : giveExtra()).catch(() => [FULL]);
    busy = false;
    say(problems.join(" "));
    if (problems.length) return void send();
    self.navigator.storage?.persist?.(); // a full phone then clears other sites first
    if (kind === "file") form.reset();
    if (straight) return void window.location.assign(kind === "file" ? page : after); // the server's own page says what it has
    await send();
    if (kind === "extra") await leave();
  });
  // The further session is on the server or waits: on to the step it was opened from. A refused one is mended here.
  const leave = async () => {
    const open = (await phone.all("parcels").catch(() => [])).filter((row) => row.kind === kind && row.filing === Number(filing));
    if (open.every((row) => !row.settled || row.state === "taken")) window.location.assign(after);
  };
  // A further session that the server refused is opened here to be mended.
  if (kind === "extra") {
    refusedBefore().then(([row]) => {
      if (!row) return;
      const fields = {};
      for (const [name, value] of row.pairs) (fields[name] ??= []).push(value);
      self.lantoaTyped.write(form, fields, self.lantoaTyped.skipped);
      say(row.words);
    }).catch(() => null);
  }
  // The list of files is the server's: shown anew once it has them all, unless the next are being chosen.
  const before = phone.all("parcels").then((rows) => new Set(rows.filter((row) => row.state === "taken").map((row) => row.key)), () => new Set());
  document.addEventListener("lantoa:outbox", async (event) => {
    const known = await before;
    const own = event.detail.parcels.filter((row) => row.kind === "file" && row.filing === Number(filing));
    const chosen = [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
    const fresh = own.some((row) => row.state === "taken" && !known.has(row.key));
    if (kind === "file" && fresh && own.every((row) => row.state === "taken") && !busy && !chosen) window.location.reload();
  });
})();
