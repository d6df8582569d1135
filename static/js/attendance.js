// Attendance by keyboard: arrows move between people, P, A and E mark, Ctrl+Enter saves. Without it the form works as it is.
"use strict";

(() => {
  const form = document.querySelector("[data-attendance]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-row]")];
  const keys = { p: "present", a: "absent", e: "excused" };
  const chosen = (row) => row.querySelector("input[type=radio]:checked");
  const focus = (row) => row && (chosen(row) || row.querySelector("input[type=radio]")).focus();
  const shade = (row) => row.classList.toggle("away", chosen(row) && chosen(row).value !== "present");

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) return form.requestSubmit();
    const row = event.target.closest("[data-row]");
    if (!row || event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      return focus(rows[rows.indexOf(row) + step]);
    }
    const mark = keys[event.key.toLowerCase()];
    if (!mark) return;
    event.preventDefault();
    const radio = row.querySelector(`input[value=${mark}]`);
    radio.checked = true;
    shade(row);
    if (mark === "excused") row.querySelector("select").focus();
    else focus(rows[rows.indexOf(row) + 1] || row);
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) shade(row);
  });
  focus(rows[0]);
})();
