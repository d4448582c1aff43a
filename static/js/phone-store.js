// What a phone keeps of a report until the server has it. Shared by the pages and the service worker (self.lantoaPhone).
// IndexedDB, written through to the disk: what was typed a moment before the browser was killed is still there.
//   drafts  key "FILING:STEP": fields typed on one step, the version they were typed on, clean once the server has them
//   outbox  key FILING: a whole report finished without network, waiting to be sent
//   parcels key: a photo, a page of the minutes or a further session, waiting to be sent by itself; bytes, not a handle, so that
//           a killed browser has them
//   about   key "device": the name this phone gave itself, so that the server knows its own late answer from another phone
(() => {
  const STORES = { drafts: "key", outbox: "filing", parcels: "key", about: "name" };
  const PATIENCE = 8000; // behind a request that is held up no event comes
  let opened = null;
  const closed = () => (opened = null); // asked for again, it is opened anew
  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("lantoa-phone", 2);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(STORES)) {
          if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath });
        }
      };
      request.onsuccess = () => {
        // a page of a newer version must not wait for this one to be closed
        request.result.onversionchange = () => {
          request.result.close();
          closed();
        };
        request.result.onclose = closed;
        opened = Promise.resolve(request.result);
        resolve(request.result);
      };
      // a page of an older version holds it: on with the network until that page is closed, and no second request behind this one
      const held = () => reject(new Error("held open by an older page"));
      request.onblocked = held;
      setTimeout(held, PATIENCE);
      request.onerror = () => {
        closed();
        reject(request.error);
      };
    }));
  const act = async (name, mode, work) => {
    const db = await open();
    return new Promise((resolve, reject) => {
      const doing = db.transaction(name, mode, { durability: "strict" });
      const request = work(doing.objectStore(name));
      doing.oncomplete = () => resolve(request.result);
      doing.onerror = doing.onabort = () => reject(doing.error);
    });
  };
  const store = {
    get: (name, key) => act(name, "readonly", (rows) => rows.get(key)),
    all: (name) => act(name, "readonly", (rows) => rows.getAll()),
    put: (name, row) => act(name, "readwrite", (rows) => rows.put(row)),
    remove: (name, key) => act(name, "readwrite", (rows) => rows.delete(key)),
  };
  store.random = (length) =>
    Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  store.device = async () => {
    const known = await store.get("about", "device");
    if (known) return known.value;
    const value = store.random(12);
    await store.put("about", { name: "device", value });
    return value;
  };
  // The report is on the server: the phone forgets it.
  store.forget = async (filing) => {
    for (const draft of await store.all("drafts")) if (draft.filing === filing) await store.remove("drafts", draft.key);
    await store.remove("outbox", filing);
    if (!self.caches) return;
    const pages = await caches.open("lantoa-pages");
    for (const page of ["tat-ca", "them-buoi"]) await pages.delete(`/bao-cao-buoi-hoc/${filing}/${page}/`);
  };
  self.lantoaPhone = store;
})();
