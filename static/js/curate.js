// Keys of the curation screen. They work while the focus is on somebody of the list, never in a field, and only open
// what the page offers without them: nothing is sent before "Save" is pressed.
(() => {
  const list = document.querySelector("[data-curate]");
  const keys = document.querySelector("[data-curate-keys]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("tr[id]")];
  const nameIn = (row) => row && row.querySelector("th a");
  const rowOf = (element) => element.closest("[data-curate] tr[id]");
  const step = (row, by) => nameIn(rows()[rows().indexOf(row) + by])?.focus();
  const acts = { p: "pin", m: "move", h: "hide", n: "note" };

  const open = (row, act) => {
    const details = row.querySelector("details");
    details.open = true;
    details.querySelector("select").value = act;
    details.querySelector(act === "move" ? "[name=position]" : "[name=reason]").focus();
  };
  const close = (row) => {
    row.querySelectorAll("details").forEach((one) => { one.open = false; });
    nameIn(row).focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const row = rowOf(event.target);
    if (event.key === "Escape" && row) return close(row);
    if (event.target.matches("input, select, textarea")) return;
    if (!row && !list.contains(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const at = row || rows()[0];
    if (key === "j" || key === "ArrowDown") row ? step(row, 1) : nameIn(at)?.focus();
    else if (key === "k" || key === "ArrowUp") row && step(row, -1);
    else if (key in acts) open(at, acts[key]);
    else if (key === "u") document.querySelector("[data-curate-undo]")?.focus();
    else if (key === "?") { keys.open = !keys.open; keys.querySelector("summary").focus(); }
    else return;
    event.preventDefault();
  });

  // After a change the page comes back with the person in its address: there the focus goes, as it was before. The
  // browser drops the focus when it jumps to an address within the page, so this waits until it has jumped.
  const changed = location.hash && document.getElementById(location.hash.slice(1));
  if (changed && list.contains(changed) && !document.querySelector("[autofocus]"))
    addEventListener("load", () => requestAnimationFrame(() => nameIn(changed)?.focus({ preventScroll: true })));
})();
