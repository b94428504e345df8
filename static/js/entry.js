/* The pages of an entry: saves what is typed, keeps in this tab what the server has not
   confirmed, counts characters as the server does, and shows questions when an earlier
   answer asks for them. Without it the forms work too. */
(() => {
  "use strict";
  document.querySelector("[autofocus]")?.focus(); // where an old browser did not
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[data-status]");
  const words = form.dataset;
  const PAUSE = 10000, PATIENCE = 30000, COURTESY = 3000; // milliseconds
  const FAREWELL = 60000; // bytes; more a browser does not send for a page that is left
  const SLOTS = "entry ", KEEP = `${SLOTS}${words.person} ${location.pathname}`;
  const OWN = ["csrfmiddlewaretoken", "rendered_for", "version", "marks"];
  const CHOICE = "choice."; // between two texts, after a collision
  const WRITING = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])";
  const inputs = [...form.querySelectorAll("input, select, textarea")];
  const names = [...new Set(inputs.map((field) => field.name))].filter(
    (name) => name && !OWN.includes(name) && !name.startsWith(CHOICE),
  );
  const stored = {}; // what the server has, by name; null where it has something else
  let kept = {}; // what it has not: the text, and the mark of what it was typed over
  let typedAt = Date.now();
  let flight = null; // of the save that is under way: what it carries, and its end
  let tried = ""; // what was answered last; what was refused is not sent twice
  let hasFailed = false;
  let hasWaited = false;
  let leaving = false;

  /* Fields, whatever their kind, as lists of texts. */
  function isTick(field) {
    return field.type === "radio" || field.type === "checkbox";
  }
  function fieldsOf(name) {
    return inputs.filter((field) => field.name === name);
  }
  function read() {
    const given = new FormData(form);
    return Object.fromEntries(names.map((name) => [name, JSON.stringify(given.getAll(name))]));
  }
  function shown(name) {
    const given = fieldsOf(name).filter((field) => !isTick(field) || field.defaultChecked);
    return JSON.stringify(given.map((field) => {
      if (!field.options) return isTick(field) ? field.value : field.defaultValue;
      return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
    }));
  }
  function put(name, text) {
    const values = JSON.parse(text);
    for (const field of fieldsOf(name)) {
      if (isTick(field)) field.checked = values.includes(field.value);
      else [field.value] = values;
    }
  }
  function label(name) {
    const box = fieldsOf(name)[0].closest(".field");
    return box?.querySelector("legend, label")?.firstChild.textContent.trim() ?? name;
  }
  function choices() {
    return [...form.querySelectorAll(`[name^="${CHOICE}"]:checked`)];
  }

  function tell(text, isWrong = false) {
    hasFailed = isWrong;
    status.textContent = text;
    status.className = isWrong ? "notice wrong" : "quiet";
  }

  /* What is not confirmed outlives a reload: in this tab, for this person. */
  function remember() {
    const now = read(), marks = JSON.parse(form.marks.value), open = {};
    for (const name of names.filter((one) => now[one] !== stored[one])) {
      open[name] = { text: now[name], mark: kept[name]?.mark ?? marks[name] };
    }
    kept = open;
    if (!isDirty()) return sessionStorage.removeItem(KEEP);
    const slot = JSON.stringify({ at: typedAt, wasSent: leaving, fields: kept });
    try {
      sessionStorage.setItem(KEEP, slot);
    } catch { /* no room: it is still on the page */ }
  }
  function isDirty() {
    return Object.keys(kept).length > 0;
  }
  function recall() {
    for (const key of Object.keys(sessionStorage)) {
      const isOthers = key.startsWith(SLOTS) && !key.startsWith(`${SLOTS}${words.person} `);
      if (isOthers) sessionStorage.removeItem(key);
    }
    return JSON.parse(sessionStorage.getItem(KEEP) ?? '{"fields": {}}');
  }
  function restore({ at, wasSent, fields }) {
    const marks = JSON.parse(form.marks.value);
    const open = Object.entries(fields).filter(([name, one]) => name in stored && one.text !== stored[name]);
    // Another mark: it arrived and was changed since, or others were first and it never did.
    const isReplaced = ([name, one]) => wasSent && one.mark !== marks[name];
    const back = open.filter((one) => !isReplaced(one));
    const lost = open.filter((one) => isReplaced(one) && !isAlike(...one));
    for (const [name, one] of back) {
      put(name, one.text);
      kept[name] = one;
      marks[name] = one.mark; // else it would cover what others saved meanwhile
    }
    form.marks.value = JSON.stringify(marks);
    if (back.length) {
      typedAt = at;
      const list = back.map(([name]) => label(name)).join(", ");
      announce(paragraph(words.restored.replace("{time}", told(at)).replace("{fields}", list)));
    }
    if (lost.length) announce(paragraph(words.replaced.replace("{time}", told(at))), ...texts(lost));
  }
  function texts(open) {
    return open.flatMap(([name, { text }]) => [paragraph(`${label(name)}:`), paragraph(worded(name, text), "text")]);
  }
  function showOnly() {
    /* Nothing can be saved any more: what this tab still has is shown, to be copied. */
    const { at, fields } = recall();
    const open = Object.entries(fields).filter(([name, one]) => names.includes(name) && one.text !== shown(name));
    if (open.length) announce(paragraph(words.closed.replace("{time}", told(at))), ...texts(open));
  }
  function isAlike(name, { text }) {
    /* But for how the server writes it: blanks, the digits of a number; or there is no text. */
    const isNumber = ["decimal", "numeric"].includes(fieldsOf(name)[0].inputMode);
    const bare = (values) => JSON.parse(values).map((one) => {
      if (!isNumber || !/^[\d\s.,]+$/.test(one)) return one.normalize("NFC").replace(/\s+/g, " ").trim();
      const [whole, rest = ""] = one.trim().replace(/[.,](\d{1,2})$/, "|$1").split("|");
      return whole.replace(/\D/g, "") + rest.padEnd(2, "0");
    }).join("\n").trim();
    return ["", bare(stored[name])].includes(bare(text));
  }
  function worded(name, text) {
    const known = fieldsOf(name).flatMap((field) => (isTick(field) ? [field] : [...(field.options ?? [])]));
    return JSON.parse(text).map((value) => {
      const chosen = known.find((one) => one.value === value);
      return (chosen?.labels?.[0] ?? chosen)?.textContent.trim() ?? value;
    }).join(", ");
  }
  function told(at) {
    const zone = { dateStyle: "short", timeStyle: "short", timeZone: words.zone };
    return new Intl.DateTimeFormat(document.documentElement.lang, zone).format(at);
  }
  function paragraph(text, kind = "") {
    const made = document.createElement("p");
    made.textContent = text;
    made.className = kind;
    return made;
  }
  function announce(...parts) {
    const notice = document.createElement("div");
    notice.className = "notice note";
    notice.append(...parts);
    document.querySelector("[data-restored-here]").append(notice);
    history.scrollRestoration = "manual"; // a reload would show where one was, not this
    notice.scrollIntoView({ block: "center", behavior: "instant" });
  }
  function begin() {
    form.autocomplete = "off"; // not the browser puts old text back, but this script
    const slot = recall();
    const isAnswer = "unsaved" in words; // the page shows again what it was sent
    const unsaved = (words.unsaved ?? "").split(" ");
    const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    for (const name of names) {
      stored[name] = unsaved.includes(name) ? null : shown(name);
      if (!isFresh) put(name, shown(name));
    }
    if (isAnswer) {
      kept = slot.fields;
      tried = JSON.stringify(read());
    } else restore(slot);
    remember();
    save();
  }

  /* Saving. */
  function body() {
    const all = new URLSearchParams(new FormData(form));
    for (const { name } of choices()) all.set(name, "theirs"); // chosen when it is sent
    return all.toString();
  }
  async function again() {
    /* Signing in again in another window changes the token of this page. */
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return page;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    form.csrfmiddlewaretoken.value = fresh.querySelector("[data-autosave] [name=csrfmiddlewaretoken]").value;
    return send();
  }
  function send() {
    const fields = body();
    return fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: fields,
      redirect: "manual",
      keepalive: fields.length < FAREWELL,
      signal: AbortSignal.timeout?.(PATIENCE),
    });
  }
  function save() {
    const now = read(), carries = JSON.stringify(now);
    if (flight || leaving || !isDirty() || carries === tried) return;
    flight = { carries, end: arrive(now, carries) };
    flight.end.then(() => { flight = null; });
  }
  async function arrive(now, carries) {
    tell(words.saving);
    try {
      let answer = await send();
      if (answer.status === 403 && !isJson(answer)) answer = await again();
      if (answer.type === "opaqueredirect") signedOut();
      else if (!isJson(answer)) throw new Error(answer.status);
      else {
        taken(await answer.json(), now);
        if (answer.status < 500) tried = carries;
      }
    } catch {
      tell(words.failed, true);
    }
  }
  function isJson(answer) {
    return (answer.headers.get("Content-Type") || "").startsWith("application/json");
  }
  function taken(found, now) {
    form.marks.value = found.marks;
    form.version.value = found.version;
    const open = [...found.unsaved, ...choices().map(({ name }) => name.slice(CHOICE.length))];
    for (const name of names.filter((one) => !open.includes(one))) {
      stored[name] = now[name];
      delete kept[name];
    }
    remember();
    const refused = Object.values(found.errors).flat();
    if (found.collided.length) tell(words.collided, true);
    else if (refused.length) tell(`${words.refused} ${refused.join(" ")}`, true);
    else tell(`${words.saved} ${found.saved_at}`);
  }
  function signedOut() {
    tell(`${words.signedOut} `, true);
    const link = document.createElement("a");
    link.href = words.signInUrl;
    link.target = "_blank";
    link.textContent = words.signIn;
    status.append(link);
    status.scrollIntoView({ block: "nearest" });
    if (!document.activeElement.matches(WRITING)) link.focus(); // who writes, goes on
  }
  function submitted(event) {
    if (flight && flight.carries !== JSON.stringify(read()) && !hasWaited) {
      // What is under way would be told as somebody else's.
      event.preventDefault();
      hasWaited = true;
      const enough = new Promise((resolve) => { setTimeout(resolve, COURTESY); });
      Promise.race([flight.end, enough]).then(() => form.requestSubmit(event.submitter));
      return;
    }
    leaving = true;
    const now = read();
    for (const { name, value } of choices()) {
      const given = name.slice(CHOICE.length);
      if (value === "theirs") stored[given] = now[given]; // given up
    }
    remember();
  }

  if ("on" in words) {
    begin();
    form.addEventListener("input", () => { typedAt = Date.now(); remember(); });
    form.addEventListener("change", save);
    form.addEventListener("submit", submitted);
    setInterval(save, PAUSE);
    addEventListener("online", save);
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    addEventListener("beforeunload", (event) => {
      if (hasFailed && isDirty() && !leaving) event.preventDefault();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted && leaving) location.reload(); // its marks are old
      leaving = hasWaited = false;
    });
  } else if (!("unsaved" in words)) showOnly();

  /* Characters: NFC, a line break is one, as the server counts them. */
  function length(text) {
    return [...text.trim().replace(/\r\n?/g, "\n").normalize("NFC")].length;
  }
  for (const counter of document.querySelectorAll("[data-count]")) {
    const box = document.getElementById(counter.dataset.count);
    const limit = Number(counter.dataset.limit);
    const show = () => {
      const left = limit - length(box.value);
      counter.textContent = left < 0 ? `${-left} ${words.over}` : `${left} ${words.left}`;
      counter.classList.toggle("over", left < 0);
    };
    box.addEventListener("input", show);
    show();
  }

  /* Questions that are asked only after certain answers. */
  function ask() {
    const given = new FormData(form);
    for (const part of form.querySelectorAll("[data-when]")) {
      if (!form.elements[part.dataset.when]) continue;
      const wanted = part.dataset.is.split(" ");
      part.hidden = !given.getAll(part.dataset.when).some((value) => wanted.includes(value));
    }
  }
  form.addEventListener("change", ask);
  ask();
})();
