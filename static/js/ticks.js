// One box above a list ticks all of it; without it every box is ticked by hand.
"use strict";

for (const actions of document.querySelectorAll("[data-ticks]")) {
  const form = actions.closest("form");
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const head = form.querySelector("thead th");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", head.textContent.trim());
  const told = document.createElement("span");
  told.className = "count";
  told.setAttribute("role", "status");
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    told.textContent = ticked ? String(ticked) : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  form.addEventListener("change", count);
  head.append(all);
  actions.append(told);
  count();
}
