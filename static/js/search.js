// The search for a person: "/" goes there, arrows walk through the people found, Escape leaves.
"use strict";

(() => {
  const field = document.querySelector("[data-search]");
  if (!field) return;
  const hits = document.getElementById("find-hits");
  const box = field.form;
  const links = () => [...hits.querySelectorAll("a")];
  const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const clear = () => hits.replaceChildren();

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(document.activeElement)) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      clear();
      field.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const found = links();
    if (!step || !found.length) return;
    event.preventDefault();
    const next = found.indexOf(document.activeElement) + step;
    (next < 0 ? field : found[Math.min(next, found.length - 1)]).focus();
  });

  field.addEventListener("input", () => {
    if (!field.value.trim()) clear();
  });

  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) clear();
  });

  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) clear();
  });
})();
