// Behind the service worker at /dien-thoai.js: shows the notice of a reminder and leads to the page it is about.
(() => {
  self.addEventListener("push", (event) => {
    let told = {};
    try {
      told = event.data.json();
    } catch {
      // a notice without text still has to be shown: browsers forbid silent ones
    }
    const title = typeof told.title === "string" ? told.title : "Lan Tỏa: đồng chí có thông báo mới";
    const url = typeof told.url === "string" && told.url.startsWith("/") && !told.url.startsWith("//") ? told.url : "/thong-bao/";
    event.waitUntil(self.registration.showNotification(title, { body: told.body || "", tag: told.tag || "lantoa", lang: "vi", data: { url } }));
  });
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(self.clients.openWindow(event.notification.data.url));
  });
})();
