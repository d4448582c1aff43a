// The service worker of the phone pages, behind phone-store.js and phone-outbox.js in one file at /dien-thoai.js.
// With network it changes nothing. Without, a step of a report is shown from the whole form kept on the phone.
(() => {
  const PAGES = "lantoa-pages";
  const PARTS = "lantoa-parts";
  const START = "/ngoai-mang/";
  const REPORT = /^\/bao-cao-buoi-hoc\/(\d+)\/([a-z-]+)\/$/;
  const STEPS = ["buoi-hoc", "so-nguoi", "viec-lam", "tu-cham", "tat-ca"];
  const APART = ["tep", "them-buoi"]; // pages kept by themselves: files, a further session
  const PATIENCE = 12_000; // a network that is there and answers nothing is no network

  const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("late")));
  const kept = async (path) => (await caches.open(PAGES)).match(path, { ignoreSearch: true });

  const withoutNetwork = async (request) => {
    const [, filing, step] = REPORT.exec(new URL(request.url).pathname) || [];
    const whole = filing && STEPS.includes(step);
    const path = whole ? `/bao-cao-buoi-hoc/${filing}/tat-ca/` : APART.includes(step) ? new URL(request.url).pathname : START;
    const page = (await kept(path)) || (await kept(START));
    if (!page) return Response.error();
    // what was posted is on the phone already: the form goes on behind that step
    if (request.method === "POST") return Response.redirect(whole ? `${path}?sau=${step}` : path, 303);
    return page;
  };
  const navigate = async (request) => {
    const whole = REPORT.exec(new URL(request.url).pathname);
    const patient = whole && (await kept(`/bao-cao-buoi-hoc/${whole[1]}/tat-ca/`));
    try {
      return await (patient ? Promise.race([fetch(request), late()]) : fetch(request));
    } catch {
      return withoutNetwork(request);
    }
  };
  const part = async (request) => {
    const parts = await caches.open(PARTS);
    try {
      return await fetch(request);
    } catch {
      return (await parts.match(request)) || Response.error();
    }
  };

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const path = new URL(request.url).pathname;
    if (request.mode === "navigate") {
      if (path === "/" || path.startsWith("/bao-cao-buoi-hoc/") || path === START) event.respondWith(navigate(request));
    } else if (request.method === "GET" && path.startsWith("/static/")) event.respondWith(part(request));
  });
  self.addEventListener("sync", (event) => {
    if (event.tag === "lantoa-outbox") event.waitUntil(ring());
  });
  const ring = async () => {
    const { reports, parcels } = await self.lantoaOutbox.send();
    for (const client of await self.clients.matchAll()) client.postMessage("lantoa-outbox");
    // a promise that fails makes the browser ring again later
    if ([...reports, ...parcels].some((row) => row.state === "waiting")) throw new Error("still waiting");
  };
})();
