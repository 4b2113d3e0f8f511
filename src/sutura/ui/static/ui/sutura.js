// Sutura: small helps over pages that work without them.
(() => {
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  const words = document.documentElement.lang === "en"
    ? { saved: "Saved at", failed: "Not saved: check the connection", of: "of" }
    : { saved: "Enregistré à", failed: "Non enregistré : vérifiez la connexion", of: "sur" };

  // Totals: <output data-total-of="boys girls unknown" data-must-be="total">
  const sum = (form, names) => names.split(" ").reduce((n, name) => n + (Number(form.elements[name]?.value) || 0), 0);
  const total = (out) => {
    const form = out.closest("form");
    const got = sum(form, out.dataset.totalOf);
    const field = form.elements[out.dataset.mustBe];
    const must = field ? field.value : out.dataset.mustEqual || "";
    out.textContent = must === "" ? got : `${got} ${words.of} ${Number(must)}`;
    (out.closest(".total-line") || out).toggleAttribute("data-wrong", must !== "" && Number(must) !== got);
  };
  const totals = (scope) => all("[data-total-of]", scope).forEach(total);

  // What stands now, by the names of fields. Where somebody typed on meanwhile the old version stays: the next save compares.
  const merge = (form, sent, part) => {
    const fields = Object.entries(part).filter(([name]) => form.elements[name]);
    if (fields.some(([name, value]) => typeof value === "string" && form.elements[name].value !== sent.get(name))) return;
    fields.forEach(([name, value]) => { form.elements[name].value = value; });
  };

  // Autosave: <form data-autosave> posts itself on change; <p data-saved> says when.
  const timers = new WeakMap();
  const save = async (form) => {
    const say = form.querySelector("[data-saved]");
    const body = new FormData(form);
    body.set("autosave", "1");
    let ok = false;
    try {
      const answer = await fetch(form.dataset.autosave || form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      ok = answer.ok && !answer.redirected; // led to the door: nothing was kept
      // Somebody else wrote in the same place: the page itself shows both.
      if (answer.status === 409) { dirty.clear(); return form.submit(); }
      if (ok && answer.headers.get("Content-Type") === "application/json") (await answer.json()).forEach((part) => merge(form, body, part));
    } catch { ok = false; }
    if (ok) dirty.delete(form);
    if (say) say.textContent = ok ? `${words.saved} ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}` : words.failed;
  };

  // Leaving: a form of posts that was typed in and not sent asks first.
  const dirty = new Set();
  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form || form.method !== "post") return;
    totals(form);
    if (form.matches("[data-guard], [data-autosave]")) dirty.add(form);
  });
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-autosave]")) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, 600, form));
  });
  document.addEventListener("submit", ({ target }) => { clearTimeout(timers.get(target)); dirty.clear(); });
  addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });

  // A link with data-dialog opens the form of its page in a dialog; without it the page itself opens.
  const open = async (link) => {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const body = page.querySelector("[data-dialog-body]");
    if (!answer.ok || !body) return location.assign(link.href);
    if (!body.getAttribute("action")) body.action = link.href;
    const box = document.createElement("dialog");
    box.setAttribute("aria-label", body.querySelector("h1")?.textContent || link.textContent);
    box.append(body);
    document.body.append(box);
    box.addEventListener("close", () => { box.remove(); link.focus(); });
    box.showModal();
  };
  document.addEventListener("click", (event) => {
    const at = (what) => event.target.closest?.(what);
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at("[data-print]")) print();
    else if (at("dialog [data-dialog-close]")) { event.preventDefault(); at("dialog").close(); }
    else if (at("a[data-dialog]")) { event.preventDefault(); open(at("a[data-dialog]")).catch(() => location.assign(at("a[data-dialog]").href)); }
    all("details.account[open]").forEach((box) => { if (!box.contains(event.target)) box.open = false; });
  });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") all("details.account[open]").forEach((box) => { box.open = false; box.firstElementChild.focus(); }); });

  totals(document);
  document.querySelector("[data-focus]")?.focus();
})();
