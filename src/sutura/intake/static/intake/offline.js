// Writing without a network. What is saved is sealed at once to the region: this browser cannot read it again.
(() => {
  const form = document.querySelector("form[data-offline]");
  const list = document.querySelector("[data-queue]");
  if (!form) return;
  const told = document.querySelector("[data-told]");
  const words = JSON.parse(form.dataset.words);
  const keys = JSON.parse(form.dataset.keys);
  const rules = JSON.parse(form.dataset.rules);
  const TOGETHER = 50, MOST_LOST = 4;
  const say = (text, tone = "info") => { told.textContent = text; told.dataset.tone = tone; };

  if (!globalThis.isSecureContext || !crypto.subtle || !globalThis.indexedDB) return say(words.unable, "warning");

  // The seal: byte for byte what the server writes (security/crypto.py, vault/rules.py).
  const bytes = (text) => new TextEncoder().encode(text);
  const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const VERSION = Uint8Array.of(1);
  const context = (...parts) => joined(...parts.map((part) => {
    const raw = typeof part === "string" ? bytes(part) : part;
    return joined(new Uint8Array(new Uint32Array([raw.length]).buffer).reverse(), raw);
  }));
  const base64 = (raw) => btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_");
  const unbase64 = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const number = (uuid) => Uint8Array.from(uuid.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));
  const gcm = async (key, nonce, plain, where) => {
    const held = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
    const how = { name: "AES-GCM", iv: nonce, additionalData: joined(VERSION, where) };
    return new Uint8Array(await crypto.subtle.encrypt(how, held, plain));
  };
  const encrypted = async (key, plain, where) => {
    const nonce = random(12);
    return joined(VERSION, nonce, await gcm(key, nonce, plain, where));
  };
  const boxed = async (region, plain, where) => {
    const pair = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
    const passing = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const known = await crypto.subtle.importKey("raw", region, { name: "X25519" }, false, []);
    const shared = await crypto.subtle.deriveBits({ name: "X25519", public: known }, pair.privateKey, 256);
    const salt = random(16);
    const stretch = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
    const info = context("sutura box 1", joined(passing, region), where);
    const key = new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, stretch, 256));
    return joined(VERSION, passing, salt, await gcm(key, new Uint8Array(12), plain, where));
  };
  const sealed = async (typed, region, right) => {
    const id = crypto.randomUUID();
    const record = crypto.randomUUID();
    const at = number(record);
    const [name, half] = keys[region][right];
    const key = random(32);
    const place = context("field", "intake_envelope", id, "content", at);
    const content = joined(VERSION, at, await encrypted(key, bytes(JSON.stringify(typed)), place));
    const where = context("record", "intake.envelope", id, at, number(name));
    return { id, region, apart: right === "named", key: record, region_key: name, content: base64(content), box: base64(await boxed(unbase64(half), key, where)) };
  };

  // The shelf: one row for each saved record. Saved means that the disk said so, and that it was read back.
  const request = (asked) => new Promise((done, fail) => { asked.onsuccess = () => done(asked.result); asked.onerror = () => fail(asked.error); });
  const opened = () => {
    const asked = indexedDB.open("sutura", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("saved", { keyPath: "id" });
    return request(asked);
  };
  // Opened anew each time: a disk that was full closes what was open.
  const using = async (mode, act) => {
    const shelf = await opened();
    try {
      const change = shelf.transaction("saved", mode, { durability: "strict" });
      const kept = new Promise((done, fail) => { change.oncomplete = done; change.onabort = change.onerror = () => fail(change.error); });
      const [found] = await Promise.all([request(act(change.objectStore("saved"))), kept]);
      return found;
    } finally { shelf.close(); }
  };
  const write = (act) => using("readwrite", act);
  const rows = async () => (await using("readonly", (saved) => saved.getAll())).sort((one, other) => one.at - other.at);
  const one = (id) => using("readonly", (saved) => saved.get(id));

  const clock = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  const heads = list.closest("table").querySelectorAll("th");
  const show = async () => {
    const saved = await rows();
    list.replaceChildren(...saved.map((row) => {
      const line = document.createElement("tr");
      [clock(row.at), `${words.forms[row.form || "alert"]} · ${words.regions[row.region] || row.region}`, words.states[row.state]].forEach((text, place) => {
        const cell = document.createElement(place ? "td" : "th");
        cell.textContent = text;
        if (place) cell.dataset.label = heads[place].textContent;
        line.append(cell);
      });
      return line;
    }));
    document.querySelector("[data-queue-empty]").hidden = saved.length > 0;
    list.closest("table").hidden = saved.length === 0;
  };

  // What is in the form, by the names of its fields; a day in words is told with the day it was written.
  const read = () => {
    const typed = {};
    for (const [name, value] of new FormData(form)) (typed[name] ||= []).push(value);
    return { form: form.dataset.offline, written: new Date().toISOString(), typed };
  };
  const holds = (typed, name) => (typed[name] || []).some((value) => value.trim());
  const missing = ({ typed }) => {
    for (const [names, text, after, is] of rules) {
      if ((!after || typed[after]?.[0] === is) && !names.split(" ").some((name) => holds(typed, name))) return text;
    }
    if (!keys[typed.region?.[0]]) return words.region;
    for (const { dataset: { row } } of form.querySelectorAll("[data-row]")) {
      if (typed.types.length > 1 && !holds(typed, `${row}-violations`)) return words.which;
      if (row.startsWith("sources") && !holds(typed, `${row}-category`)) return words.category;
      const many = ["boys", "girls", "unknown"].some((name) => Number(typed[`${row}-${name}`]?.[0]) > 0);
      if (typed[`${row}-kind`]?.[0] === "group" && !many) return words.group;
    }
    return form.reportValidity() && !form.querySelector("[data-wrong]") ? "" : words.wrong;
  };

  // An incident: rows are copied as they are needed, and belong to the violations that are ticked.
  const fold = () => {
    const ticked = [...form.querySelectorAll("[name=types]:checked")].map((box) => box.value);
    const hide = (part, when) => { if (part) part.hidden = when; };
    hide(form.querySelector("[data-several]"), ticked.length < 2);
    form.querySelectorAll("[data-type]").forEach((part) => hide(part, !ticked.includes(part.dataset.type)));
    form.querySelectorAll("[data-row] [name$='-violations']").forEach((box) => {
      if (!ticked.includes(box.value)) box.checked = false;
      hide(box.closest("label").parentElement, !ticked.includes(box.value));
      hide(box.closest(".field"), ticked.length < 2);
    });
  };
  let copied = 0;
  const copy = (template) => {
    const row = template.content.cloneNode(true);
    const mark = String(copied++);
    for (const part of row.querySelectorAll("*")) {
      for (const one of part.attributes) if (one.value.includes("__prefix__")) one.value = one.value.replaceAll("__prefix__", mark);
    }
    const made = row.firstElementChild;
    made.querySelector("[data-remove]").addEventListener("click", () => made.remove());
    form.querySelector(`[data-rows="${template.dataset.of}"] .buttons:last-child`).before(row);
    fold();
    made.querySelector("summary").focus();
  };
  document.querySelectorAll("template[data-of]").forEach((template) => {
    const place = form.querySelector(`[data-rows="${template.dataset.of}"]`);
    if (!place.lastElementChild.matches(".buttons")) place.append(Object.assign(document.createElement("p"), { className: "buttons" }));
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: `+ ${template.dataset.word}` });
    button.addEventListener("click", () => copy(template));
    place.lastElementChild.append(button, " ");
  });
  let typing = false;
  const save = async () => {
    const told = read();
    const fault = missing(told);
    if (fault) return say(fault, "warning");
    try {
      const right = (told.typed.types || []).includes("sexual_violence") ? "named" : "told";
      const row = { ...(await sealed(told, told.typed.region[0], right)), form: told.form, at: Date.now(), state: "waiting" };
      await write((saved) => saved.add(row));
      if ((await one(row.id))?.content !== row.content) throw new Error("not read back");
    } catch {
      return say(words.full, "warning");
    }
    form.reset();
    form.querySelectorAll("[data-row]").forEach((row) => row.remove());
    form.dispatchEvent(new Event("input", { bubbles: true }));
    typing = false;
    fold();
    say(words.saved, "success");
    await show();
    send();
  };

  // Sending: each record once, whatever breaks between; it leaves this browser when a copy of the server holds it too.
  const post = async (row, token) => {
    const { id, region, apart, key, region_key, content, box } = row;
    const answer = await fetch(form.dataset.send, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ id, form: row.form || "alert", region, apart, key, region_key, content, box, written_at: row.at }),
    });
    if (answer.redirected || answer.status >= 500) throw new Error("later");
    return answer.ok ? "received" : "refused";
  };
  const states = async (saved) => {
    const answer = await fetch(`${form.dataset.send}?${new URLSearchParams(saved.map((row) => ["id", row.id]))}`);
    if (answer.redirected || answer.status === 403) throw new Error(words.sign_in);
    if (!answer.ok) throw new Error(words.later);
    return answer.json();
  };
  // One that does not get through stops none of the others; a road that carries nothing is left until later.
  let lost = 0;
  const settle = async (row, state) => {
    if (state !== row.state) await write((kept) => (state === "copied" ? kept.delete(row.id) : kept.put({ ...row, state })));
  };
  const carry = async (row, known, token) => {
    // A server set back to an older copy does not know it any more: it is sent again.
    if (known || row.state === "refused") return settle(row, known || row.state);
    try {
      await settle(row, await post(row, token));
      lost = 0;
    } catch {
      if (++lost >= MOST_LOST) throw new Error(words.later);
    }
  };
  const exchange = async () => {
    const saved = await rows();
    lost = 0;
    // Together as many as an address holds.
    while (saved.length) {
      const some = saved.splice(0, TOGETHER);
      const { token, known } = await states(some);
      for (const row of some) await carry(row, known[row.id], token);
    }
    if (lost) throw new Error(words.later);
  };
  const send = () => navigator.locks.request("sutura-send", { ifAvailable: true }, async (mine) => {
    if (!mine) return;
    try { await exchange(); } catch (fault) { if ([words.sign_in, words.later].includes(fault.message)) say(fault.message); }
    await show();
  });

  // The page itself is kept, without a word of anybody, so that it opens again when nothing answers.
  const keep = async () => {
    const page = await fetch(form.dataset.page);
    if (!page.ok || page.redirected) return;
    const kept = await caches.open("sutura-offline");
    const drawn = [...document.querySelectorAll("link[href], script[src], img[src], use")].map((part) => part.href?.baseVal || part.href || part.src);
    await kept.put(form.dataset.page, page);
    await kept.addAll([...new Set(drawn.map((address) => new URL(address, location).href.split("#")[0]))].filter((address) => address.startsWith(location.origin)));
    document.querySelector("[data-kept]").hidden = !able;
  };
  // What a browser holds is sent whatever it can: only writing anew needs the seal (Chromium 133, Firefox 130, Safari 17).
  let able = false;
  const start = async () => {
    able = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]).then(() => true, () => false);
    if (able) form.querySelector("fieldset").disabled = false;
    await show();
    await send();
    if (!able) say(words.unable, "warning");
  };
  navigator.serviceWorker?.register(form.dataset.worker, { scope: "/" }).then(keep).catch(() => {});
  navigator.storage?.persist?.();

  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  document.querySelector("[data-send]").addEventListener("click", send);
  addEventListener("online", send);
  setInterval(() => { if (!document.hidden) send(); }, 30000);
  form.addEventListener("input", () => { typing = true; fold(); });
  form.addEventListener("invalid", ({ target }) => { for (let box = target; (box = box.parentElement?.closest("details")); ) box.open = true; }, true);
  addEventListener("beforeunload", (event) => { if (typing) event.preventDefault(); });
  fold();
  start().catch(() => say(words.unable, "warning"));
})();
