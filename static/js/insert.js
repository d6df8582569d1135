// A sentence offered for a field of text: <button data-insert="id of the field">sentence</button>. Nothing is written before it is asked for.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const field = document.getElementById(button.dataset.insert);
  const gap = field.value && !field.value.endsWith("\n") ? "\n" : "";
  field.value += gap + button.textContent;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
