// Fills in the code from the part of a link that is sent to no server: #code=…
"use strict";
const field = document.querySelector("[name=code]");
const code = new URLSearchParams(location.hash.slice(1)).get("code");
if (field && code && !field.value) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
