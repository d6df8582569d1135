// The locked screen. The server locks by itself; this hides what stands on the screen meanwhile, and tells the server of
// somebody who types for long without sending anything.
"use strict";

(() => {
  const { idle, present, locked } = document.body.dataset;
  if (!Number(idle)) return;
  const TELL = 60_000;
  const others = new BroadcastChannel("presence"); // pages of the same browser: who works on one is there for all
  let last = Date.now();
  let told = last;
  let shared = last;
  others.onmessage = () => { last = Date.now(); };

  function token() {
    return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
    document.addEventListener(kind, () => {
      if (Date.now() - last > idle * 1000) return;
      last = Date.now();
      if (last - shared > 1000) {
        shared = last;
        others.postMessage("here");
      }
      if (last - told < TELL) return;
      told = last;
      fetch(present, { method: "POST", headers: { "X-CSRFToken": token() } });
    }, { passive: true, capture: true });
  }

  function typed() {
    return [...document.querySelectorAll("main form [name]")].some((field) =>
      field.type === "file" ? field.files.length : field.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")
        ? field.value !== field.defaultValue
        : field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : false);
  }

  function hide() {
    if (document.body.classList.contains("is-locked")) return;
    if (!typed()) {
      location.assign(`${locked}?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    document.body.classList.add("is-locked");
    const cover = document.getElementById("lock-cover");
    cover.showModal();
    cover.querySelector("input[type=password]").focus();
  }

  document.addEventListener("submit", async (event) => {
    if (event.target.id !== "lock-form") return;
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(locked, {
      method: "POST",
      headers: { "X-CSRFToken": token(), "X-Unlock": "1" },
      body: new FormData(form),
      redirect: "manual",
    });
    const open = answer.status === 204 || answer.type === "opaqueredirect";
    form.querySelector(".invalid-feedback").hidden = open;
    form.reset();
    if (!open) return;
    last = told = Date.now();
    document.body.classList.remove("is-locked");
    document.getElementById("lock-cover").close();
  }, { capture: true });

  document.addEventListener("cancel", (event) => {
    if (event.target.id === "lock-cover") event.preventDefault();
  }, { capture: true });

  setInterval(() => { if (Date.now() - last > idle * 1000) hide(); }, 5000);
})();
