// Security keys: their buttons wait until a press is heard; when a key does not answer, the page says so.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-needs-key]")) button.disabled = false;
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-key-error]")) note.hidden = false;
});
