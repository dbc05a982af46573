/* Saves what is being typed, and counts what is pasted. Without this file the page's buttons save. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const { text, revision, pasted } = form.elements;
  const status = form.querySelector("[data-status]");
  const PAUSE = 1500, AGAIN = 5000;
  let saved = text.value, timer = 0, running = null, over = false, leaving = false;

  const say = (word) => { status.textContent = status.dataset[word] || ""; };
  const dirty = () => text.value !== saved;
  const later = (milliseconds) => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(save, milliseconds);
  };

  async function send() {
    const sent = text.value, counted = Number(pasted.value || 0);
    say("saving");
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true });
    if (answer.redirected || answer.status === 403) {
      over = true;
      say("out");
    } else if (answer.ok) {
      revision.value = (await answer.json()).revision;
      pasted.value = Math.max(0, Number(pasted.value || 0) - counted);
      saved = sent;
      say(dirty() ? "" : "saved");
      if (dirty()) later(PAUSE);
    } else if (answer.status >= 500 || answer.status === 429) {
      throw new Error("later"); // a server that starts anew behind its proxy: nothing is over
    } else if (answer.status === 422) {
      say("");
    } else {
      over = true;
      say(answer.status === 409 ? "elsewhere" : "over");
    }
  }

  async function save() {
    if (running || over || leaving || !dirty()) return;
    running = send().catch(() => { say("lost"); later(AGAIN); });
    await running;
    running = null;
  }

  text.addEventListener("input", () => later(PAUSE));
  text.addEventListener("paste", (event) => {
    const length = (event.clipboardData || { getData: () => "" }).getData("text").length;
    pasted.value = Number(pasted.value || 0) + length;
  });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  // A press while a save is under way waits for it, so that both do not speak of the same revision.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    leaving = true;
    if (!running) return;
    event.preventDefault();
    const pressed = event.submitter;
    running.then(() => form.requestSubmit(pressed));
  });
  addEventListener("beforeunload", (event) => { if (dirty() && !leaving) event.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; });
})();
