// Passkeys: the browser makes one or shows one; the page works by code without this.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = ({ publicKey: wanted }) => ({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      ...(wanted.user && { user: { ...wanted.user, id: bytes(wanted.user.id) } }),
      excludeCredentials: named(wanted.excludeCredentials),
      allowCredentials: named(wanted.allowCredentials),
    },
  });

  const told = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const answer = async (form, failed) => {
    try {
      const options = asked(JSON.parse(form.dataset.options));
      const made = form.dataset.passkey === "create";
      const credential = await navigator.credentials[made ? "create" : "get"](options);
      form.querySelector("[name$=credential]").value = told(credential);
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("[data-passkey-go]");
    const failed = form.querySelector("[data-passkey-failed]");
    if (!window.PublicKeyCredential) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      failed.hidden = true;
      if (form.reportValidity()) answer(form, failed);
    });
  }
})();
