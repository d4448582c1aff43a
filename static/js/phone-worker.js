// The service worker of the phone pages, behind phone-store.js and phone-outbox.js in one file at /dien-thoai.js.
// With network it changes nothing. Without, a step of a report is shown from the whole form kept on the phone, and the roll of a
// conference as it was read last.
(() => {
  const PAGES = "lantoa-pages";
  const PARTS = "lantoa-parts";
  const START = "/ngoai-mang/";
  const REPORT = /^\/bao-cao-buoi-hoc\/(\d+)\/([a-z-]+)\/$/;
  const STEPS = ["buoi-hoc", "so-nguoi", "viec-lam", "tu-cham", "tat-ca"];
  const ROLL = /^\/hoi-nghi\/\d+\/diem-danh\/$/;
  const ROLL_LASTS = 36 * 3_600_000; // opened in the office the evening before, used in a hall without network until noon
  const APART = ["tep", "them-buoi"]; // pages kept by themselves: files, a further session
  const PATIENCE = 12_000; // a network that is there and answers nothing is no network

  const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("late")));
  const kept = async (path) => (await caches.open(PAGES)).match(path, { ignoreSearch: true });
  // names and excuses of many people: kept for the conference only
  const keptRoll = async (path) => {
    const page = await kept(path);
    if (!page || Date.now() - Date.parse(page.headers.get("Date")) < ROLL_LASTS) return page;
    await (await caches.open(PAGES)).delete(path);
    return undefined;
  };

  const withoutNetwork = async (request) => {
    const asked = new URL(request.url).pathname;
    const [, filing, step] = REPORT.exec(asked) || [];
    const whole = filing && STEPS.includes(step);
    const path = whole ? `/bao-cao-buoi-hoc/${filing}/tat-ca/` : APART.includes(step) ? asked : START;
    const page = (ROLL.test(asked) ? await keptRoll(asked) : await kept(path)) || (await kept(START));
    if (!page) return Response.error();
    // what was posted is on the phone already: the form goes on behind that step
    if (request.method === "POST") return Response.redirect(whole ? `${path}?sau=${step}` : path, 303);
    return page;
  };
  const navigate = async (request) => {
    const path = new URL(request.url).pathname;
    const whole = REPORT.exec(path);
    const patient = ROLL.test(path) ? await keptRoll(path) : whole && (await kept(`/bao-cao-buoi-hoc/${whole[1]}/tat-ca/`));
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
      // a roll that is posted has no script on its page: the browser itself says that it was not sent
      const roll = ROLL.test(path) && request.method === "GET";
      if (path === "/" || path.startsWith("/bao-cao-buoi-hoc/") || path === START || roll) event.respondWith(navigate(request));
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
