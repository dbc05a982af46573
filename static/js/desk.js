/* The desk: shows the reply as it grows, and moves the focus to what was just opened. The desk works without it. */
(() => {
  "use strict";
  const chosen = (slot) => slot.querySelector(":checked")?.closest("label").innerText.trim() || "";

  const write = () => {
    const letter = document.querySelector(".desk-letter");
    if (!letter) return;
    const [opening, care, substance, closing] = [...document.querySelectorAll("[data-slot]")].map(chosen);
    const middle = [care, substance].filter(Boolean).join(" ");
    letter.textContent = [opening, middle, closing].filter(Boolean).join("\n\n");
    letter.hidden = !letter.textContent;
  };

  document.addEventListener("change", write);
  let pressed = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "desk") pressed = event.detail.requestConfig?.triggeringEvent?.submitter;
  });
  // After an act the focus goes to what it brought: an opened contact, a read article. Else it stays where it was.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "desk") return;
    write();
    // A region that stood there before is read out for sure; one that came with the page is not.
    document.getElementById("desk-news").textContent = document.querySelector(".desk-said").textContent.trim();
    const wanted = pressed?.name === "open" || pressed?.name === "what" ? pressed.name : "";
    const place = wanted === "what" ? ".desk-look [data-focus]" : ".desk-contact h2";
    const heading = document.querySelector(document.querySelector(".error-summary") ? ".error-summary" : place);
    if (heading) { heading.tabIndex = -1; heading.focus(); }
    pressed = null;
  });
  // A lost line is said at once and taken back as soon as anything comes through.
  const line = document.getElementById("desk-line");
  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(kind, () => { line.hidden = false; });
  }
  // A new queue stands where the old one was scrolled to.
  let scrolled = [];
  const lists = () => document.querySelectorAll("#queue, #queue ol");
  document.addEventListener("htmx:beforeSwap", () => {
    line.hidden = true;
    scrolled = [...lists()].map((list) => list.scrollTop);
  });
  document.addEventListener("htmx:afterSettle", () => {
    lists().forEach((list, index) => { list.scrollTop = scrolled[index] || 0; });
  });
  write();
})();
