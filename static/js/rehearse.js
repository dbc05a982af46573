/* Records an answer and plays it on this device alone: nothing is sent, and nothing is left when the page is. */
(() => {
  "use strict";
  const root = document.querySelector("[data-rehearse]");
  if (!root) return;
  const LONGEST = 180;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const start = part("start"), stop = part("stop"), clock = part("clock"), player = part("player");
  const say = (word) => { part("status").textContent = root.dataset[word]; };
  root.hidden = false;
  if (!window.MediaRecorder || !navigator.mediaDevices) { start.disabled = true; say("unable"); return; }

  start.addEventListener("click", async () => {
    start.disabled = true;
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch (error) {
      say(error.name === "NotFoundError" ? "none" : "refused");
      start.disabled = false;
      start.focus();
      return;
    }
    const recorder = new MediaRecorder(stream), chunks = [];
    const end = () => { if (recorder.state !== "inactive") recorder.stop(); };
    let seconds = 0;
    const timer = setInterval(() => {
      seconds += 1;
      clock.textContent = `${seconds} / ${LONGEST} s`;
      if (seconds === LONGEST) end();
    }, 1000);
    recorder.addEventListener("dataavailable", (event) => chunks.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(timer);
      clock.textContent = "";
      for (const track of stream.getTracks()) track.stop();
      URL.revokeObjectURL(player.src);
      const sound = new Blob(chunks, { type: recorder.mimeType });
      player.src = URL.createObjectURL(sound);
      player.hidden = sound.size === 0;
      stop.hidden = true;
      start.disabled = false;
      say(sound.size ? "done" : "short");
      start.focus();
    }, { once: true });
    stop.onclick = end;
    recorder.start();
    stop.hidden = false;
    stop.focus();
    say("recording");
  });
})();
