/* Records an answer in numbered chunks. Each is kept, also in the browser's own database, until the server has it. */
(() => {
  "use strict";
  const root = document.querySelector("[data-recorder]");
  if (!root) return;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const start = part("start"), stop = part("stop"), clock = part("clock"), meter = part("meter"), player = part("player");
  const say = (word) => { part("status").textContent = root.dataset[word] || ""; };
  const NOBODY = "00000000-0000-0000-0000-000000000000";
  const SLICE = 1000, AGAIN = 3000, BITS = 32000, TOO_OLD = 15 * 24 * 3600 * 1000;
  const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const type = window.MediaRecorder && TYPES.find((one) => MediaRecorder.isTypeSupported(one));

  // What is kept: one row a take {key, page, chunks: [Blob], acknowledged, stopped}. Without a database it lives in memory.
  let database = null;
  const opened = new Promise((done) => {
    try {
      const request = indexedDB.open("recordings", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("takes", { keyPath: "key" });
      request.onsuccess = () => { database = request.result; done(); };
      request.onerror = () => done();
    } catch { done(); }
  });
  const store = (mode) => database.transaction("takes", mode).objectStore("takes");
  const keep = (take) => { if (database) try { store("readwrite").put(take); } catch { /* memory has it */ } };
  const forget = (take) => { if (database) store("readwrite").delete(take.key); };
  const kept = () => new Promise((done) => {
    if (!database) { done([]); return; }
    const request = store("readonly").getAll();
    request.onsuccess = () => {
      for (const take of request.result) if (Date.now() - take.at > TOO_OLD) forget(take);
      done(request.result.filter((take) => take.page === root.dataset.page));
    };
    request.onerror = () => done([]);
  });

  class Refused extends Error {}
  class SignedOut extends Error {}

  const post = async (address, body, kind) => {
    const answer = await fetch(address, {
      method: "POST", body, headers: { "X-CSRFToken": token, ...(kind && { "Content-Type": kind }) },
    });
    if (answer.redirected || answer.status === 403) throw new SignedOut();
    return answer;
  };
  const sound = (take) => root.dataset.sound.replace(NOBODY, take.key);

  // One step towards the server having everything; true when nothing is left to do.
  async function step(take) {
    if (!take.begun) {
      const answer = await post(root.dataset.begin.replace(NOBODY, take.key));
      if (!answer.ok) throw new Refused(String(answer.status));
      const facts = await answer.json();
      Object.assign(take, { begun: true, acknowledged: facts.chunks });
      if (facts.state !== "uploading") return true;
    }
    if (take.acknowledged < take.chunks.length) {
      const answer = await post(`${sound(take)}chunks/${take.acknowledged}/`, take.chunks[take.acknowledged], "application/octet-stream");
      if (answer.ok || answer.status === 409) take.acknowledged = (await answer.json()).chunks;
      else if (answer.status >= 500) throw new Error("later");
      else throw new Refused(String(answer.status));
      keep(take);
      return false;
    }
    if (!take.stopped) return false;
    const answer = await post(`${sound(take)}complete/`, JSON.stringify({ chunks: take.chunks.length }), "application/json");
    if (answer.ok) return true;
    if (answer.status === 409) take.acknowledged = (await answer.json()).chunks;
    else if (answer.status >= 500) throw new Error("later");
    else throw new Refused(String(answer.status));
    return false;
  }

  let sending = false, retry = 0, current = null;
  async function send(take) {
    current = take;
    if (sending) return;
    sending = true;
    clearTimeout(retry);
    try {
      while (take.stopped || take.acknowledged < take.chunks.length || !take.begun) {
        if (take.stopped) say("sending");
        if (await step(take)) {
          forget(take);
          say("arrived");
          location.reload();
          return;
        }
      }
    } catch (error) {
      if (error instanceof Refused) {
        forget(take);
        say(["409", "410"].includes(error.message) ? "over" : "failed");
        start.hidden = false;
      } else if (error instanceof SignedOut) {
        say("out"); // what was recorded stays here, and goes on when the page is opened again
      } else {
        if (take.stopped) say("waiting");
        retry = setTimeout(() => send(take), AGAIN);
      }
    } finally {
      sending = false;
    }
  }

  function watch(stream) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      meter.value = Math.min(1, 4 * Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
    }, 100);
    return () => { clearInterval(timer); context.close(); meter.value = 0; };
  }

  async function record() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      say(error.name === "NotFoundError" ? "none" : "refused");
      return;
    }
    const take = { key: crypto.randomUUID(), at: Date.now(), page: root.dataset.page, chunks: [], acknowledged: 0, begun: false, stopped: false };
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
    const unwatch = watch(stream);
    const began = performance.now();
    const seconds = Number(root.dataset.seconds);
    const timer = setInterval(() => {
      const passed = Math.min(seconds, (performance.now() - began) / 1000);
      clock.textContent = `${Math.floor(passed)} / ${seconds} s`;
      if (passed >= seconds && recorder.state === "recording") recorder.stop();
    }, 250);
    recorder.addEventListener("dataavailable", (event) => {
      if (!event.data.size) return;
      take.chunks.push(event.data);
      keep(take);
      send(take);
    });
    recorder.addEventListener("stop", () => {
      clearInterval(timer);
      unwatch();
      for (const track of stream.getTracks()) track.stop();
      take.stopped = true;
      keep(take);
      const listens = document.activeElement === stop; // it goes away, and whoever pressed it goes on with what it made
      stop.hidden = true;
      player.src = URL.createObjectURL(new Blob(take.chunks, { type }));
      player.hidden = false;
      if (listens) player.focus();
      send(take);
      if (sending) say("sending");
    });
    stop.onclick = () => recorder.stop();
    recorder.start(SLICE);
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
    say("recording");
  }

  addEventListener("online", () => { if (retry && current) send(current); });
  addEventListener("beforeunload", (event) => { if (!stop.hidden) event.preventDefault(); });
  root.addEventListener("submit", (event) => event.preventDefault());
  opened.then(kept).then((takes) => {
    root.hidden = false;
    if (!type || !navigator.mediaDevices) { say("unable"); start.disabled = true; return; }
    start.addEventListener("click", record);
    // A recording that was finished goes on being sent; one that a closed page cut off is forgotten and costs nothing.
    for (const take of takes) {
      if (take.stopped) { take.begun = false; start.hidden = true; send(take); } else forget(take);
    }
  });
})();
