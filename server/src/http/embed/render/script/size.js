// Tells the page around this frame how high it is: to that page's exact origin, and only when it changed.
(() => {
  if (parent === self) return;
  const root = document.documentElement;
  let origin = location.ancestorOrigins?.[0];
  try {
    origin ||= new URL(document.referrer).origin;
  } catch {}
  if (!/^https?:/.test(origin)) return;
  let size;
  const tell = () => parent.postMessage(JSON.stringify({ size, widget: root.dataset.widget }), origin);
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
