// The front page is read before it is used: its wasm is loaded at the first sign of a person.
(() => {
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "scroll"];
  const load = () => {
    for (const sign of signs) removeEventListener(sign, load, true);
    document.head.append(document.getElementById("hydration").content);
  };
  for (const sign of signs) addEventListener(sign, load, { capture: true, passive: true });
})();
