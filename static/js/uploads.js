/* Sends each chosen file by itself, with its progress; a broken line costs none of the
   others, and the broken one is sent again. Without this the form sends one file. */
(() => {
  "use strict";
  document.querySelector("[autofocus]")?.focus(); // where an old browser did not
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const words = form.dataset;
  const list = form.querySelector("[data-uploads]");
  const picker = form.elements.file;
  const waiting = [];
  let isBusy = false;
  let sentWith = "";
  picker.multiple = true;

  function row(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    name.textContent = `${file.name} – `;
    said.textContent = words.waiting;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    item.append(name, said, bar);
    list.append(item);
    return { file, item, bar, said };
  }

  function next() {
    if (isBusy || !waiting.length) return;
    isBusy = true;
    send(waiting.shift());
  }
  function ended() {
    isBusy = false;
    next();
  }

  function send(one) {
    const body = new FormData(form);
    body.set("file", one.file, one.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.csrfmiddlewaretoken.value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) one.bar.value = (100 * event.loaded) / event.total;
    };
    request.onload = () => { answered(one, request); ended(); };
    request.onerror = request.ontimeout = request.onabort = () => { broken(one); ended(); };
    one.said.textContent = words.sending;
    request.send(body);
  }

  function answered(one, request) {
    let found;
    try {
      found = JSON.parse(request.responseText);
    } catch {
      one.said.textContent = request.status < 500 ? words.signedOut : words.broken;
      if (request.status >= 500) retry(one);
      return;
    }
    if (found.id) {
      one.bar.value = 100;
      one.said.textContent = [words.done, ...found.notes].join(". ");
      if (!waiting.length) shown();
    } else {
      one.bar.remove();
      one.said.textContent = found.errors.join(" ");
      one.item.className = "errorlist";
    }
  }
  function broken(one) {
    one.bar.value = 0;
    one.said.textContent = words.broken;
    retry(one);
  }
  function retry(one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.dataset.againOf = one.file.name;
    button.textContent = words.again;
    const again = () => {
      button.remove();
      removeEventListener("online", again);
      waiting.push(one);
      next();
    };
    button.addEventListener("click", again);
    addEventListener("online", again);
    one.item.append(button);
  }
  const described = () => {
    const fields = new FormData(form);
    fields.delete(picker.name);
    return new URLSearchParams(fields).toString();
  };
  async function shown() {
    try {
      const answer = await fetch(location.href);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of document.querySelectorAll("[data-fresh]")) {
        const fresh = page.querySelector(`[data-fresh="${old.dataset.fresh}"]`);
        if (fresh) old.replaceWith(fresh);
      }
    } catch {
      offer(); // it is attached all the same
    }
    // What was written of these files is not meant of the next ones.
    if (described() === sentWith && !form.querySelector("[data-again-of]")) form.reset();
  }
  function offer() {
    if (form.querySelector("[data-show]")) return;
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.className = "button second";
    link.dataset.show = "";
    link.textContent = words.ready;
    list.parentElement.after(link);
  }

  form.addEventListener("submit", (event) => {
    if (!picker.files.length) return;
    event.preventDefault();
    waiting.push(...[...picker.files].map(row));
    picker.value = "";
    sentWith = described();
    next();
  });
})();
