// Sends what waits on the phone. Shared by the pages and the service worker (self.lantoaOutbox).
// The server takes a report once by its token: sending twice, from a page and the worker, gives the same receipt.
(() => {
  const phone = self.lantoaPhone;
  const TOO_LARGE = "Tệp quá lớn nên máy chủ không nhận. Đồng chí bỏ tệp này, chọn tệp nhỏ hơn (tối đa 12 MB) rồi gửi lại.";
  const post = (url, pairs, token) => {
    const body = pairs.some(([, value]) => value instanceof Blob) ? new FormData() : new URLSearchParams();
    for (const [name, value] of pairs) body.append(name, value);
    body.set("csrfmiddlewaretoken", token);
    return fetch(url, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
  };
  // The token of a page that waited for days is from a log-in that may be over: a fresh page gives a fresh one.
  const freshToken = async (url) => {
    const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
    const found = answer.ok && /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await answer.text());
    return found ? found[1] : null;
  };
  // {state, words, url, version} of the server; {state: "waiting"} without network, {state: "login"} when it asks who we are.
  const ask = async (url, page, pairs, token) => {
    try {
      let answer = await post(url, pairs, token);
      if (answer.status === 403) {
        const fresh = await freshToken(page);
        if (!fresh) return { state: "login" };
        answer = await post(url, pairs, fresh);
      }
      if (answer.type === "opaqueredirect") return { state: "login" };
      if (answer.status === 404) return { state: "missing" };
      if (answer.status === 413) return { state: "refused", words: TOO_LARGE };
      const json = (answer.headers.get("Content-Type") || "").includes("application/json");
      return json ? await answer.json() : { state: "waiting" };
    } catch {
      return { state: "waiting" };
    }
  };

  const settles = (state) => !["waiting", "login", "held"].includes(state);
  const sendEntry = async (entry) => {
    const said = await ask(entry.url, entry.url, [...entry.pairs, ["owner", entry.owner]], entry.token);
    if (said.state === "sent") await phone.forget(entry.filing);
    const row = { ...entry, state: said.state, words: said.words || "", link: said.url || "", settled: settles(said.state) };
    // written back only where it still waits: a page may have taken it back to mend it
    if (said.state === "sent" || (await phone.get("outbox", entry.filing))) await phone.put("outbox", row);
    return row;
  };
  // Everything of a parcel as the server wants it; the file is made anew from its bytes.
  const pairsOf = ({ pairs, file, owner, key }) => [
    ...pairs, ["key", key], ["owner", owner], ...(file ? [["file", new File([file.bytes], file.name, { type: file.type })]] : []),
  ];
  const sendParcel = async (parcel) => {
    const said = await ask(parcel.url, parcel.page, pairsOf(parcel), parcel.token);
    const row = { ...parcel, state: said.state, words: said.words || "", settled: settles(said.state) };
    if (said.state === "taken") row.file = null; // the server has it: a trace stays until a page has said so
    if (await phone.get("parcels", parcel.key)) await phone.put("parcels", row);
    return row;
  };
  const sendParcels = async (parcels, kind) => {
    const rows = [];
    for (const parcel of parcels) if (parcel.kind === kind) rows.push(parcel.settled ? parcel : await sendParcel(parcel));
    return rows;
  };
  // Further sessions go before the report whose heads they belong to, photos after it: what matters most arrives first.
  const sendAll = async (owner) => {
    const mine = (row) => !owner || row.owner === owner;
    const waiting = (await phone.all("parcels")).filter(mine).sort((one, other) => one.at - other.at);
    const extras = await sendParcels(waiting, "extra");
    const open = new Set(extras.filter((row) => row.state !== "taken").map((row) => row.filing));
    const reports = [];
    for (const entry of (await phone.all("outbox")).filter(mine)) {
      if (entry.settled) reports.push(entry);
      else reports.push(open.has(entry.filing) ? { ...entry, state: "held" } : await sendEntry(entry));
    }
    return { reports, parcels: [...extras, ...(await sendParcels(waiting, "file"))] };
  };
  // One sender at a time where the browser can see to it.
  const alone = (work) =>
    self.navigator.locks ? navigator.locks.request("lantoa-outbox", work) : work();

  self.lantoaOutbox = {
    ask,
    send: (owner) => alone(() => sendAll(owner)),
    pairsOf,
    add: async (entry, name = "outbox") => {
      await phone.put(name, { ...entry, state: "waiting", settled: false, words: "", link: "" });
      if (!self.isSecureContext || !navigator.serviceWorker?.controller) return;
      const worker = await navigator.serviceWorker.ready;
      // Chromium rings the worker when the network is back, also with the page closed
      await worker.sync?.register("lantoa-outbox").catch(() => null);
    },
  };
})();
