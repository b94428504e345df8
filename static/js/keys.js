// Asks the browser for a key: of a form with data-key="create" or "get" and the
// challenge in data-options. The answer travels in the hidden field "credential".
"use strict";
for (const form of document.querySelectorAll("form[data-key]")) {
  const field = form.querySelector("[name=credential]");
  const button = form.querySelector("[data-use-key]");
  const trouble = form.querySelector("[data-trouble]");
  button.hidden = !window.PublicKeyCredential;
  button.addEventListener("click", async () => {
    trouble.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const answer = form.dataset.key === "create"
        ? await window.webauthnJSON.create(options)
        : await window.webauthnJSON.get(options);
      field.value = JSON.stringify(answer);
      form.requestSubmit();
    } catch {
      trouble.hidden = false;
    }
  });
}
