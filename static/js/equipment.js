/* Tries out browser, microphone, camera and line. Nothing is recorded; the samples for the line are thrown away. */
(() => {
  "use strict";
  const root = document.querySelector("[data-equipment]");
  if (!root) return;
  const words = root.dataset;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const say = (name, text) => { part(name).textContent = text; };
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const wrong = (error) => (error.name === "NotFoundError" ? words.none : words.refused);
  const UP_BYTES = 128000;

  async function microphone() {
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch (error) { say("microphone", wrong(error)); return; }
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let heard = false;
    say("microphone", words.silent);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.min(1, 4 * Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
      part("level").value = level;
      if (level > 0.05 && !heard) { heard = true; say("microphone", words.heard); }
    }, 100);
    setTimeout(() => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      context.close();
      part("level").value = 0;
    }, 15000);
  }

  async function camera() {
    const picture = part("picture");
    try {
      picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
      picture.hidden = false;
      await picture.play();
      say("camera", words.good);
      setTimeout(() => { for (const track of picture.srcObject.getTracks()) track.stop(); picture.hidden = true; }, 15000);
    } catch (error) { say("camera", wrong(error)); }
  }

  async function line() {
    try {
      const asked = performance.now();
      await fetch(words.sample, { method: "HEAD" });
      const wait = performance.now() - asked;
      const down = performance.now();
      const bytes = (await (await fetch(words.sample)).arrayBuffer()).byteLength;
      const downTime = performance.now() - down;
      const up = performance.now();
      await fetch(words.sample, { method: "POST", body: new Uint8Array(UP_BYTES), headers: { "X-CSRFToken": token, "Content-Type": "application/octet-stream" } });
      const upTime = performance.now() - up;
      const rate = (size, time) => (8 * size) / (1000 * time);
      const [fast, slow] = [rate(bytes, downTime), rate(UP_BYTES, upTime)];
      const shown = (rate) => rate.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
      const figures = words.speed.replace("DOWN", shown(fast)).replace("UP", shown(slow)).replace("WAIT", wait.toFixed(0));
      const verdict = slow >= 1.5 ? words.fast : slow >= 0.2 ? words.medium : words.slow;
      say("line", `${figures} ${verdict}`);
    } catch { say("line", words.offline); }
  }

  root.hidden = false;
  const able = window.MediaRecorder && navigator.mediaDevices;
  say("browser", able ? words.records : words.cannot);
  const tries = { microphone, camera, line };
  for (const button of root.querySelectorAll("[data-try]")) {
    button.disabled = !able && button.dataset.try !== "line";
    button.addEventListener("click", () => {
      button.disabled = true;
      tries[button.dataset.try]().finally(() => {
        button.disabled = false;
        if (document.activeElement === document.body) button.focus(); // a button that is off loses it
      });
    });
  }
})();
