/* Reads a customer's words aloud with a voice of this device; a voice that needs a server is never used. */
(() => {
  "use strict";
  const said = document.querySelector("[data-say]");
  const button = document.querySelector("[data-say-button]");
  if (!said || !button || !("speechSynthesis" in window)) return;
  const find = () => speechSynthesis.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(said.lang));
  const offer = () => { button.hidden = !find(); };
  speechSynthesis.addEventListener("voiceschanged", offer);
  offer();
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(said.innerText);
    words.voice = find();
    words.lang = said.lang;
    speechSynthesis.speak(words);
  });
})();
