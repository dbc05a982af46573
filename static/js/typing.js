/* The typing test: marks the place in the text, shows the time, reports what stands in the field, hands in after a
   dropped line. It reports the text, never single keys. The test works without this file. */
(() => {
  "use strict";
  const warning = document.querySelector("[data-no-keyboard]");
  if (warning && matchMedia("(pointer: coarse) and (hover: none)").matches) warning.hidden = false;

  const form = document.querySelector("[data-typing]");
  if (!form) return;
  const field = form.querySelector("textarea");
  const said = form.querySelector("[data-said]");
  const say = (what) => { said.textContent = said.dataset[what] || ""; };
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let number = 0, down = false, handing = false, over = false;

  const send = (address, pairs) => fetch(address, {
    method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token }, body: new URLSearchParams(pairs),
  });

  const heard = (answered) => {
    if (answered && down) say("back");
    if (!answered && !down) say("line");
    down = !answered;
  };

  const report = async () => {
    if (handing || over) return;
    try {
      const answer = await send(form.dataset.report, { number: String(number), typed: number ? field.value : "" });
      heard(answer.status < 500);
      if (answer.status >= 500) return;
      number = Math.max(number, Number(form.dataset.number)) + 1;
      if (answer.status === 410) { over = true; say("over"); }
    } catch { heard(false); }
  };

  // The text, word by word: done words turn quiet, a different word is struck through, the next one is underlined.
  const passage = document.querySelector("[data-passage]");
  const words = passage.textContent.trim().split(/\s+/);
  const straight = (text) => text.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, "\"").normalize("NFC");
  let drawn = [];
  const places = words.map((word, index) => {
    const place = document.createElement("span");
    place.textContent = word;
    if (index) passage.append(" ");
    else passage.textContent = "";
    passage.append(place);
    return place;
  });
  const tags = { right: "span", wrong: "s", next: "u", later: "span" };
  const mark = () => {
    const typed = straight(field.value).trimStart().split(/\s+/);
    const last = typed.length - 1;
    words.forEach((word, index) => {
      const state = index === last ? "next" : index > last ? "later" : typed[index] === word ? "right" : "wrong";
      if (drawn[index] === state) return;
      drawn[index] = state;
      const place = document.createElement(tags[state]);
      place.textContent = word;
      if (state === "right" || state === "wrong") place.className = "quiet";
      places[index].replaceWith(place);
      places[index] = place;
    });
  };
  field.addEventListener("input", mark);
  for (const kind of ["paste", "drop"]) {
    field.addEventListener(kind, (event) => { event.preventDefault(); say("paste"); });
  }

  const handIn = async () => {
    if (handing) return;
    handing = true;
    form.classList.add("waiting");
    const pairs = { csrfmiddlewaretoken: token, typed: field.value };
    for (;;) {
      try {
        const answer = await send(form.action, pairs);
        if (answer.redirected) { location.assign(answer.url); return; }
        // Refused, or the server is ill: the browser shows the page that says so, as it does without this file.
        if (answer.status < 500) { form.submit(); return; }
      } catch { /* asked again below */ }
      heard(false);
      await new Promise((done) => { setTimeout(done, 3000); });
    }
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); handIn(); });

  const began = performance.now() - 1000 * Number(form.dataset.gone);
  const limit = Number(form.dataset.limit) || Infinity, fewest = Number(form.dataset.fewest);
  const clock = document.querySelector("[data-clock]");
  const time = clock.querySelector("[data-time]");
  let warned = false, late = false;
  const tick = () => {
    const gone = Math.floor((performance.now() - began) / 1000);
    time.textContent = `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
    if (!warned && gone >= limit - 60 && gone < limit) { warned = true; say("minute"); }
    if (gone >= limit && !handing) {
      if (field.value.trim().length >= fewest) { say("up"); handIn(); } else if (!late && !over) { late = true; say("few"); }
    }
  };
  clock.hidden = false;
  mark();
  tick();
  report();
  setInterval(tick, 1000);
  setInterval(report, 1000 * Number(form.dataset.beat));
  if (!document.querySelector("h1[autofocus]")) field.focus();
})();
