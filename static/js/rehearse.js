/* Records an answer and plays it on this device alone: nothing is sent, and nothing is left when the page is. */
(() => {
  "use strict";
  const root = document.querySelector("[data-rehearse]");
  if (!root) return;
  const LONGEST = 180000;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const start = part("start"), stop = part("stop"), player = part("player");
  const say = (word) => { part("status").textContent = root.dataset[word]; };
  root.hidden = false;
  if (!window.MediaRecorder || !navigator.mediaDevices) { start.disabled = true; say("unable"); return; }

  start.addEventListener("click", async () => {
    start.disabled = true;
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch (error) {
      say(error.name === "NotFoundError" ? "none" : "refused");
      start.disabled = false;
      return;
    }
    const recorder = new MediaRecorder(stream), chunks = [];
    const end = () => { if (recorder.state !== "inactive") recorder.stop(); };
    const timer = setTimeout(end, LONGEST);
    recorder.addEventListener("dataavailable", (event) => chunks.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      URL.revokeObjectURL(player.src);
      player.src = URL.createObjectURL(new Blob(chunks, { type: recorder.mimeType }));
      player.hidden = false;
      stop.hidden = true;
      start.disabled = false;
      say("done");
      start.focus();
    }, { once: true });
    stop.onclick = end;
    recorder.start();
    stop.hidden = false;
    stop.focus();
    say("recording");
  });
})();
