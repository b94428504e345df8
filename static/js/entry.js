/* The pages of an entry: saves what is typed, counts characters as the server does, and
   shows questions when an earlier answer asks for them. Without it the forms work too. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  document.querySelector("[data-focus]")?.focus();
  if (!form) return;
  const status = form.querySelector("[data-status]");
  const words = form.dataset;
  const PAUSE = 10000;
  let sending = null;
  let sent = snapshot();
  let leaving = false;

  function fields() {
    return new URLSearchParams(new FormData(form));
  }
  function snapshot() {
    const all = fields();
    for (const own of ["csrfmiddlewaretoken", "rendered_for", "version", "marks"]) all.delete(own);
    return all.toString();
  }
  function tell(text, isWrong) {
    status.textContent = text;
    status.className = isWrong ? "notice wrong" : "quiet";
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
    return fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: fields(),
      redirect: "manual",
    });
  }

  async function save() {
    const now = snapshot();
    if (sending || leaving || now === sent) return;
    sending = now;
    tell(words.saving);
    try {
      let answer = await send();
      if (answer.status === 403 && !isJson(answer)) {
        answer = await again();
      }
      if (answer.type === "opaqueredirect") signedOut();
      else if (isJson(answer)) taken(await answer.json(), answer.status, now);
      else throw new Error(answer.status);
    } catch {
      tell(words.failed, true);
    }
    sending = null;
  }
  function isJson(answer) {
    return (answer.headers.get("Content-Type") || "").startsWith("application/json");
  }
  function taken(found, code, now) {
    form.marks.value = found.marks;
    form.version.value = found.version;
    if (code < 500) sent = now;
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
  }

  if ("on" in words) {
    form.addEventListener("change", save);
    setInterval(save, PAUSE);
    addEventListener("online", save);
    addEventListener("pagehide", save);
    form.addEventListener("submit", () => { leaving = true; });
    addEventListener("pageshow", () => { leaving = false; });
  }

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
