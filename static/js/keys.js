// Security keys: when a key does not answer, the page says so.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-key-error]")) note.hidden = false;
});
