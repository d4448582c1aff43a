// Asks the browser for a key: form data-passkey="create" makes one, "get" shows one. data-options names the element that
// holds what the server asks for. The form is hidden until it can work. The answer goes into the hidden field "credential" and the form is sent.
(() => {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-passkey-problem]");
    if (!window.PublicKeyCredential || !window.webauthnJSON) {
      for (const none of document.querySelectorAll("[data-passkey-none]")) none.hidden = false;
      continue;
    }
    form.hidden = false;
    const { creation_options: making, request_options: showing } = JSON.parse(document.getElementById(form.dataset.options).textContent);
    let answered = false;
    form.addEventListener("submit", async (event) => {
      if (answered) return;
      event.preventDefault();
      if (problem) problem.hidden = true;
      try {
        const key = form.dataset.passkey === "create" ? await window.webauthnJSON.create(making) : await window.webauthnJSON.get(showing);
        form.elements.credential.value = JSON.stringify(key);
        answered = true;
        form.requestSubmit(event.submitter);
      } catch {
        if (problem) problem.hidden = false; // refused, timed out or unknown: nothing was sent
      }
    });
  }
})();
