/* Connects our passkey buttons to allauth's WebAuthn ceremony; what each needs stands in its data attributes. */
(() => {
  "use strict";
  const forms = window.allauth && window.allauth.webauthn && window.allauth.webauthn.forms;
  if (!forms || !window.PublicKeyCredential) return;

  const ceremonies = { add: "addForm", signup: "signupForm", login: "loginForm", authenticate: "authenticateForm" };
  for (const area of document.querySelectorAll("[data-passkey-area]")) {
    const button = area.querySelector("[data-passkey]");
    const kind = button.dataset.passkey;
    const ids = { [kind]: button.id, credential: button.dataset.credential };
    if (button.dataset.passwordless) ids.passwordless = button.dataset.passwordless;
    if (kind !== "login") ids.data = "js_data";
    forms[ceremonies[kind]]({ ids });
    area.hidden = false;
    const missing = area.parentElement.querySelector("[data-passkey-missing]");
    if (missing) missing.hidden = true;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const problem of document.querySelectorAll("[data-passkey-problem]")) {
      problem.hidden = true;
      requestAnimationFrame(() => { problem.hidden = false; });
    }
  });
})();
