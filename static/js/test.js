/* Notes copying, pasting and leaving the page of a question, as the page before the test says. Nothing else; no content. */
(() => {
  "use strict";
  const field = document.querySelector("input[name=noted]");
  if (!field) return;
  const noted = { copied: 0, pasted: 0, left: 0, away_seconds: 0 };
  let away = 0;
  const write = () => { field.value = Object.entries(noted).map(([name, n]) => `${name}:${n}`).join(" "); };

  document.addEventListener("copy", () => { noted.copied += 1; write(); });
  document.addEventListener("paste", () => { noted.pasted += 1; write(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      noted.left += 1;
      away = performance.now();
    } else if (away) {
      noted.away_seconds += Math.round((performance.now() - away) / 1000);
      away = 0;
    }
    write();
  });
  write();
})();
