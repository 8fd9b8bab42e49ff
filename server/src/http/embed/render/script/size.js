// Tells whoever holds this frame how high it is, and only when it changed. Who that is cannot always be known (a page
// from a disk, a sandbox, a referrer policy), so it is said to anybody, and nothing but the height.
(() => {
  if (parent === self) return;
  let size;
  const tell = () => parent.postMessage(JSON.stringify({ size }), "*");
  const look = () => {
    const now = Math.ceil(document.body.getBoundingClientRect().height - 0.05);
    if (now === size) return;
    size = now;
    tell();
  };
  // At once: outside the window, browsers let observers wait.
  look();
  new ResizeObserver(look).observe(document.body);
  // A loader that came later than the first message asks for it.
  addEventListener("message", (event) => {
    if (event.source === parent && event.data === "size" && size) tell();
  });
})();
