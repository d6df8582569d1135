// Menus opened by <details class="menu">, messages that can be closed, pages that can be printed, wide tables that scroll.
"use strict";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const close = event.target.closest("[data-dismiss]");
  if (close) close.closest(".note").remove();
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A fragment that could not be fetched is said in the messages; a lost session goes to the sign-in page as a whole.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href, location.href);
  if (answered.pathname.startsWith("/accounts/login") && !location.pathname.startsWith("/accounts/login")) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

function say(text) {
  const place = document.getElementById("messages");
  if (!place || [...place.children].some((note) => note.textContent.trim() === text)) return;
  const note = document.createElement("div");
  note.className = "note note-error";
  note.setAttribute("role", "alert");
  note.textContent = text;
  place.append(note);
  note.scrollIntoView({ block: "nearest" });
}

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(document.getElementById("messages").dataset.unreachable));
}

// A security key that was not touched in time, or was refused.
document.addEventListener("allauth.error", () => say(document.getElementById("messages").dataset.keyFailed));

// What scrolls sideways can be reached by the keyboard.
function reachable() {
  for (const box of document.querySelectorAll(".scroll, .sheet")) {
    if (box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX === "auto") box.tabIndex = 0;
  }
}

document.addEventListener("DOMContentLoaded", reachable);
document.addEventListener("htmx:afterSettle", reachable);
window.addEventListener("resize", reachable);

// A question that is answered with one digit, wherever its key stands on the keyboard.
document.addEventListener("keydown", (event) => {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const here = document.activeElement;
  if (!digit || event.ctrlKey || event.metaKey || event.altKey) return;
  if (here && (here.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(here.tagName))) return;
  const button = document.querySelector(`[data-digit="${digit[1]}"]`);
  if (button) button.click();
});
