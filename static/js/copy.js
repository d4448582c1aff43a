// [data-copy="ID"] copies the words of that element and says so on the button.
(() => {
  const copy = async (text, source) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // Plain HTTP on the office network has no clipboard of its own.
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (!document.execCommand("copy")) throw new Error("copy refused");
    selection.removeAllRanges();
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) continue;
    button.hidden = false;
    const label = button.querySelector("span") || button;
    const words = label.textContent;
    button.addEventListener("click", async () => {
      try {
        await copy("value" in source ? source.value : source.innerText, source);
        label.textContent = "Đã chép";
      } catch {
        label.textContent = "Chưa chép được, đồng chí bôi đen rồi chép";
      }
      setTimeout(() => { label.textContent = words; }, 4000);
    });
  }
})();
