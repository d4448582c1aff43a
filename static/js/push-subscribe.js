// On the page of one's own channels: lets this browser take notices. Without it, or over plain HTTP, the form stays hidden.
(() => {
  const form = document.querySelector("[data-push-key]");
  if (!form || !self.isSecureContext || !navigator.serviceWorker || !self.PushManager) return;
  const say = (text) => (form.querySelector("[data-push-said]").textContent = text);
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if ((await Notification.requestPermission()) !== "granted") {
      say("Máy đang chặn thông báo của trang này. Đồng chí cho phép thông báo trong phần cài đặt của trình duyệt rồi bấm lại.");
      return;
    }
    try {
      await navigator.serviceWorker.register("/dien-thoai.js", { scope: "/" });
      const { pushManager } = await navigator.serviceWorker.ready;
      await (await pushManager.getSubscription())?.unsubscribe(); // one made with an older key would be refused
      const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.pushKey) });
      const { endpoint, keys } = made.toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.submit();
    } catch {
      say("Trình duyệt này chưa bật được thông báo. Đồng chí thử lại sau hoặc dùng trình duyệt khác.");
    }
  });
})();
