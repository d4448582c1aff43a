// Keeps pages, with their style and scripts, where the service worker finds them without network (self.lantoaKeep).
(() => {
  const open = () => caches.open("lantoa-pages");

  // The page at `path` as the server has it now, read by the caller; null when there is none for this person any more.
  const page = async (path) => {
    const answer = await fetch(path, { credentials: "same-origin", redirect: "manual" });
    const kept = self.isSecureContext && self.caches ? await open() : null;
    if (!answer.ok) {
      await kept?.delete(path);
      return null;
    }
    const made = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
    if (!kept) return made;
    await kept.put(path, answer);
    const urls = [
      ...[...made.querySelectorAll("link[href]")].map((link) => link.getAttribute("href")),
      ...[...made.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")),
      ...[...made.querySelectorAll("use")].map((use) => use.getAttribute("href").split("#")[0]),
    ];
    const parts = await caches.open("lantoa-parts");
    for (const url of new Set(urls.filter((url) => url.startsWith("/static/")))) {
      if (!(await parts.match(url))) await parts.add(url);
    }
    return made;
  };

  // Whether this browser has a worker; it can then show at least the page of nobody.
  const ready = async () => {
    if (!self.isSecureContext || !navigator.serviceWorker) return false;
    try {
      await navigator.serviceWorker.register("/dien-thoai.js", { scope: "/" });
    } catch {
      return false; // a browser that allows none (private window, doubted certificate) goes on with the network only
    }
    await page("/ngoai-mang/");
    return true;
  };
  // The kept pages whose path is like `pattern`.
  const paths = async (pattern) => {
    if (!self.isSecureContext || !self.caches) return [];
    return (await (await open()).keys()).map((request) => new URL(request.url).pathname).filter((path) => pattern.test(path));
  };
  self.lantoaKeep = { page, ready, paths };
})();
