/* A score sheet that saves each criterion by itself. Without this script the form is
   sent as a whole; what is already saved here is then left out of it. */
"use strict";
(() => {
  const form = document.querySelector("form.sheet");
  if (!form) return;
  const words = form.dataset;
  const DEBOUNCE = 500, RETRY = 4000; // milliseconds
  const KEEP = `sheet ${location.pathname}`; // of this tab only
  const time = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", timeZone: words.zone,
  });

  class Part {
    constructor(box) {
      this.box = box;
      this.state = box.querySelector("[data-state]");
      this.fields = [...box.querySelectorAll("input:not([type=hidden]), textarea")];
      this.version = box.querySelector("input[name$='-version']");
      const { unsaved } = box.dataset; // the page shows again what was refused
      // What was touched before this script came is not saved either.
      this.saved = unsaved === undefined ? this.shown() : null;
      this.busy = false;
      // Status of the last refusal; a broken line is none. What is to be compared waits.
      this.refusal = unsaved === "compare" ? 412 : 0;
      this.timer = 0;
      box.addEventListener("input", (event) => this.touched(event.target));
      box.addEventListener("change", (event) => this.touched(event.target, 0));
    }

    snapshot() {
      return JSON.stringify(this.fields.map((f) => (f.type === "radio" ? f.checked : f.value)));
    }

    shown() {
      return JSON.stringify(this.fields.map((f) => (f.type === "radio" ? f.defaultChecked : f.defaultValue)));
    }

    get dirty() { return this.snapshot() !== this.saved; }

    touched(field, wait = DEBOUNCE) {
      if (!this.fields.includes(field)) return;
      clearTimeout(this.timer);
      this.refusal = 0;
      remember();
      this.timer = setTimeout(() => this.save(), wait);
    }

    tell(text, looks = "") {
      this.state.className = `save-state ${looks}`;
      this.state.textContent = text;
    }

    async save() {
      if (this.busy || this.stale || !this.dirty) return;
      this.busy = true;
      let landed;
      this.flight = new Promise((resolve) => { landed = resolve; });
      const sent = this.snapshot();
      this.tell(words.saving, "waiting");
      try {
        const answer = await ask(this.box.dataset.url, this.body());
        if (answer.ok) this.done(sent, await answer.json());
        else await this.refused(answer);
      } catch {
        this.tell(words.offline, "failed");
      } finally {
        this.busy = false;
        remember();
        landed();
      }
      if (this.dirty && this.snapshot() !== sent) this.touched(this.fields[0], 0);
    }

    done(sent, stored) {
      this.refusal = 0;
      this.saved = sent;
      this.version.value = stored.version ?? stored.comments_version;
      this.box.classList.remove("wrong");
      if (this.dirty) this.tell(words.saving, "waiting");
      else this.tell(`${words.saved} ${time.format(new Date(stored.changed_at ?? Date.now()))}`);
      count();
    }

    async refused(answer) {
      this.refusal = answer.status;
      if (answer.status === 401) { // the page, and what is typed in it, stays
        this.tell(words.signedOut, "failed");
        const link = document.createElement("a");
        Object.assign(link, { href: words.signInUrl, target: "_blank", textContent: words.signIn });
        this.state.append(" ", link);
        this.state.scrollIntoView({ block: "nearest" });
        return;
      }
      const problem = await answer.json();
      this.box.classList.add("wrong");
      if (answer.status === 412 && this.words(problem.current) === this.words(this.body())) {
        this.version.value = problem.current_version; // both say the same
        this.saved = this.snapshot();
        this.box.classList.remove("wrong");
        this.tell("");
      } else if (answer.status === 412) this.compare(problem);
      else this.tell(problem.errors?.[0]?.message ?? problem.detail, "failed");
    }

    compare(problem) {
      this.stale = true;
      const there = this.words(problem.current);
      this.tell(words.stale.replace("{there}", there).replace("{yours}", this.words(this.body())), "failed");
      this.state.append(document.createElement("br"));
      this.offer(words.mine, () => this.settle(problem));
      this.offer(words.theirs, () => {
        this.take(problem.current);
        this.saved = this.snapshot();
        this.tell("");
        this.settle(problem);
        count();
      });
    }

    offer(label, act) {
      const button = Object.assign(document.createElement("button"), {
        type: "button", className: "second", textContent: label,
      });
      button.addEventListener("click", act);
      this.state.append(button);
    }

    settle(problem) {
      this.version.value = problem.current_version;
      this.stale = false;
      this.box.classList.remove("wrong");
      this.save();
      remember();
    }
  }

  class Criterion extends Part {
    get comment() { return this.box.querySelector("textarea"); }

    get value() {
      const typed = this.box.querySelector("input[type=text]");
      if (typed) return typed.value.trim().replace(",", ".");
      return this.box.querySelector("input:checked")?.value ?? "";
    }

    body() {
      const body = { value: this.value || null, version: Number(this.version.value) };
      if (this.comment) body.comment = this.comment.value;
      return body;
    }

    words({ value, comment }) {
      return [value ?? words.none, comment].filter(Boolean).join(" – ");
    }

    take({ value, comment }) {
      const typed = this.box.querySelector("input[type=text]");
      if (typed) typed.value = value ?? "";
      else for (const radio of this.fields.filter((f) => f.type === "radio")) radio.checked = radio.value === (value ?? "");
      if (this.comment) this.comment.value = comment;
    }

    choose(radio) {
      radio.checked = true;
      radio.focus();
      this.touched(radio, 0);
    }
  }

  class Remarks extends Part {
    body() {
      const [commission, entrant] = this.fields;
      return {
        comment_commission: commission.value, comment_entrant: entrant.value,
        version: Number(this.version.value),
      };
    }

    words(texts) {
      return [texts.comment_commission, texts.comment_entrant].filter(Boolean).join(" – ") || "–";
    }

    take(texts) {
      this.fields[0].value = texts.comment_commission;
      this.fields[1].value = texts.comment_entrant;
    }
  }

  const criteria = [...form.querySelectorAll("[data-criterion]")].map((box) => new Criterion(box));
  const parts = [...criteria, ...[...form.querySelectorAll("[data-remarks]")].map((box) => new Remarks(box))];
  const token = form.querySelector("[name=csrfmiddlewaretoken]");

  async function ask(url, body, again = true) {
    const answer = await fetch(url, {
      method: "PATCH", credentials: "same-origin", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.value },
    });
    if (answer.status !== 403 || !again) return answer;
    // Signed in anew, the token of this page is an old one: fetch the new one once.
    const page = await (await fetch(location.pathname, { credentials: "same-origin" })).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form.sheet [name=csrfmiddlewaretoken]");
    if (!fresh) return answer;
    token.value = fresh.value;
    return ask(url, body, false);
  }

  function count() {
    const scored = criteria.filter((c) => c.value !== "").length;
    const label = document.querySelector("[data-scored]");
    if (label) label.textContent = words.of.replace("{scored}", scored).replace("{asked}", criteria.length);
  }

  /* What is not saved yet outlives a reload of this tab. */
  function remember() {
    const open = parts.filter((p) => p.dirty).map((p) => [p.version.name, { ...p.body() }]);
    if (open.length) sessionStorage.setItem(KEEP, JSON.stringify(open));
    else sessionStorage.removeItem(KEEP);
  }

  function recall() {
    const kept = JSON.parse(sessionStorage.getItem(KEEP) ?? "[]");
    for (const [name, body] of kept) {
      const part = parts.find((p) => p.version.name === name);
      if (!part) continue;
      part.take({ comment: "", ...body });
      part.version.value = body.version;
      part.touched(part.fields[0], 0);
    }
  }

  /* A broken line is tried again by itself, an ended sign-in when one comes back. */
  const retry = (...refusals) => parts.forEach((part) => {
    if (refusals.includes(part.refusal)) part.save();
  });
  setInterval(() => retry(0, 503), RETRY);
  addEventListener("online", () => retry(0, 503));
  addEventListener("focus", () => retry(0, 401));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) retry(0, 401); });
  addEventListener("beforeunload", (event) => {
    if (!leaving && parts.some((part) => part.dirty)) event.preventDefault();
  });

  /* A whole form sends only what is not saved yet. */
  let leaving = false;
  form.addEventListener("submit", (event) => {
    const flights = parts.filter((part) => part.busy).map((part) => part.flight);
    if (flights.length) { // what is under way now would be told as somebody else's
      event.preventDefault();
      Promise.all(flights).then(() => form.requestSubmit(event.submitter));
      return;
    }
    leaving = true;
    for (const part of parts.filter((p) => !p.dirty)) {
      part.box.querySelectorAll("input, textarea").forEach((field) => { field.disabled = true; });
    }
  });
  addEventListener("pageshow", () => {
    leaving = false;
    form.querySelectorAll(":disabled").forEach((field) => { field.disabled = false; });
  });

  const hint = form.querySelector(".keys");
  if (hint) hint.hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("textarea, input[type=text], button, a, summary")) return;
    const part = criteria.find((c) => c.box.contains(event.target));
    if (!part) return;
    const digit = /^[0-9]$/.test(event.key) && part.box.querySelector(`[data-key="${event.key}"]`);
    const none = ["Delete", "Backspace"].includes(event.key) && part.box.querySelector("input[type=radio][value='']");
    if (digit || none) part.choose(digit || none);
    else if (event.key === "Enter") {
      const next = criteria[criteria.indexOf(part) + 1];
      const target = next ? next.box.querySelector("input:checked, input[type=text]") : form.querySelector("button[name=do]");
      target?.focus();
    } else return;
    event.preventDefault();
  });

  recall();
  parts.filter((part) => part.dirty && !part.refusal).forEach((part) => part.touched(part.fields[0], 0));
})();
