// Sends what waits on the phone. Shared by the pages and the service worker (self.lantoaOutbox).
// The server takes a report once by its token: sending twice, from a page and the worker, gives the same receipt.
(() => {
  const phone = self.lantoaPhone;
  const post = (url, pairs, token) => {
    const body = new URLSearchParams(pairs);
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
      const json = (answer.headers.get("Content-Type") || "").includes("application/json");
      return json ? await answer.json() : { state: "waiting" };
    } catch {
      return { state: "waiting" };
    }
  };

  const sendEntry = async (entry) => {
    const said = await ask(entry.url, entry.url, entry.pairs, entry.token);
    if (said.state === "sent") await phone.forget(entry.filing);
    const settled = !["waiting", "login"].includes(said.state);
    const row = { ...entry, state: said.state, words: said.words || "", link: said.url || "", settled };
    // written back only where it still waits: a page may have taken it back to mend it
    if (said.state === "sent" || (await phone.get("outbox", entry.filing))) await phone.put("outbox", row);
    return row;
  };
  const sendAll = async (owner) => {
    const rows = [];
    for (const entry of await phone.all("outbox")) {
      if (owner && entry.owner !== owner) continue;
      rows.push(entry.settled ? entry : await sendEntry(entry));
    }
    return rows;
  };
  // One sender at a time where the browser can see to it.
  const alone = (work) =>
    self.navigator.locks ? navigator.locks.request("lantoa-outbox", work) : work();

  self.lantoaOutbox = {
    ask,
    send: (owner) => alone(() => sendAll(owner)),
    add: async (entry) => {
      await phone.put("outbox", { ...entry, state: "waiting", settled: false, words: "", link: "" });
      if (!self.isSecureContext || !navigator.serviceWorker?.controller) return;
      const worker = await navigator.serviceWorker.ready;
      // Chromium rings the worker when the network is back, also with the page closed
      await worker.sync?.register("lantoa-outbox").catch(() => null);
    },
  };
})();
