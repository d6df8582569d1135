// Forms: nothing is sent twice, and the list of errors takes the focus.
// A form whose answer is a file, or that may be sent again, carries data-again.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.closest("[hx-post]") || form.hasAttribute("data-hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After this turn, so that the pressed button's own value is still sent.
  setTimeout(() => {
    for (const button of submitButtons(form)) {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    }
  });
});

// A page brought back by the Back button can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of submitButtons(form)) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  }
});

function submitButtons(form) {
  return [...form.elements].filter((element) => element.matches("button[type=submit], button:not([type]), input[type=submit]"));
}

function focusErrors(root) {
  const summary = root.querySelector("[data-errors]");
  if (summary) summary.focus();
}

// A list may name a select that sends its form at once: <select data-submit>.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
