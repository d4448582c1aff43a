// Makes photos small before they leave the phone: at most 1,600 points a side, drawn anew, so that place, device and
// time of the camera stay behind. [data-shrink] marks a file field; [data-shrink-state] says what was done. A picture
// the browser cannot read is left as it is: the server checks and cleans every file again.
(() => {
  const LONGEST = 1600;
  const QUALITY = 0.8;
  const waiting = new Map();

  const megabytes = (bytes) => `${Math.max(bytes / 1024 / 1024, 0.1).toFixed(1).replace(".", ",")} MB`;
  const say = (form, text) => {
    const state = form?.querySelector("[data-shrink-state]");
    if (state) state.textContent = text;
  };

  const shrunk = async (file) => {
    if (!/^image\/(jpeg|png)$/.test(file.type)) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const paper = canvas.getContext("2d");
      paper.fillStyle = "#fff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!blob) return file;
      return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  const work = async (field) => {
    const before = [...field.files];
    const bag = new DataTransfer();
    for (const file of before) bag.items.add(await shrunk(file));
    field.files = bag.files;
    const size = (files) => files.reduce((sum, file) => sum + file.size, 0);
    const changed = before.filter((file, place) => file !== bag.files[place] && file.size !== bag.files[place].size);
    say(field.form, changed.length ? `Đã thu nhỏ ${changed.length} ảnh, xóa nơi chụp: còn ${megabytes(size([...bag.files]))}.` : "");
  };

  for (const field of document.querySelectorAll("input[type=file][data-shrink]")) {
    field.addEventListener("change", () => {
      if (!field.files.length) return;
      say(field.form, "Đang thu nhỏ ảnh…");
      const job = work(field).finally(() => waiting.delete(field));
      waiting.set(field, job);
    });
    field.form?.addEventListener("submit", (event) => {
      if (!waiting.size) return;
      event.preventDefault();
      const form = field.form;
      const button = event.submitter;
      Promise.all(waiting.values()).then(() => form.requestSubmit(button));
    });
  }
})();
