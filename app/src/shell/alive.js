// Brings the page to life, and lets it stay what it is without JavaScript where that fails: then it is lifeless.
// Runs first, so that its listeners come before those of the app.
(function () {
  const root = document.documentElement;
  const { js, wasm, texts, nodes, wait } = document.currentScript.dataset;
  const translated = TRANSLATION;
  const typed = TYPED;
  // What the app listens to.
  const heard = ["click", "submit", "input", "change", "keydown", "keyup", "focusin", "focusout", "pointerdown",
    "pointerup", "toggle", "popstate", "online", "offline"];
  let followed; // a link that was followed within the page, and is not there yet
  let shown; // the address of what a lifeless page shows

  const lifeless = () => "lifeless" in root.dataset;
  const address = () => location.pathname + location.search;

  function giveUp(kind) {
    if (lifeless()) return;
    root.dataset.lifeless = kind;
    shown = address();
    dispatchEvent(new Event("lifeless"));
    navigator.sendBeacon("/page-trouble", kind);
    if (followed) location.assign(followed);
  }

  function hear(event) {
    if (lifeless()) {
      // Nothing of the app hears it; the browser does what the HTML says.
      event.stopImmediatePropagation();
      if (event.type === "popstate" && address() !== shown) location.reload();
    } else if (event.type === "click" && "hydrated" in root.dataset && event.target instanceof Element) {
      const link = event.target.closest("a[href]");
      const within = link && link.origin === location.origin && !link.target && link.rel !== "external";
      const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (within && plain && link.pathname !== location.pathname) followed = link.href;
    }
  }
  for (const type of heard) addEventListener(type, hear, true);

  // A panic of the app ends as a trap of the wasm.
  const trap = (error) => error instanceof WebAssembly.RuntimeError;
  addEventListener("error", (event) => trap(event.error) && giveUp("panic"));
  addEventListener("unhandledrejection", (event) => trap(event.reason) && giveUp("panic"));

  // How many elements and comments stand in what the app takes over: hydration goes by their places, and one that
  // something else put there would lead it astray. What comes after the footer is in nobody's way.
  function count() {
    let found = 0;
    for (let part = document.body.firstChild; part; part = part.nextSibling) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
      if (part.nodeType !== Node.TEXT_NODE) found++;
      while (walker.nextNode()) found++;
      if (part.nodeType === Node.ELEMENT_NODE && part.matches(".foot")) break;
    }
    return found;
  }

  const parsed = new Promise((done) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
    else done();
  });

  async function load() {
    try {
      const words = fetch(texts).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)));
      const [app, text] = await Promise.all([import(js), words, parsed]);
      await app.default({ module_or_path: wasm });
      if (nodes !== "?" && count() !== Number(nodes)) return giveUp("changed");
      if (!app.hydrate(text)) return giveUp("file");
    } catch (error) {
      return giveUp(trap(error) ? "panic" : "file");
    }
    translated();
    typed();
    // A page is there when the content has changed.
    const arrived = new MutationObserver(() => (followed = undefined));
    arrived.observe(document.getElementById("content"), { childList: true });
  }

  if (!("WebAssembly" in window && "noModule" in HTMLScriptElement.prototype)) return giveUp("old");
  if (wait === undefined) return load();
  // A page that is read before it is used comes alive at the first sign of a person.
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "scroll"];
  const sign = () => {
    for (const type of signs) removeEventListener(type, sign, true);
    load();
  };
  for (const type of signs) addEventListener(type, sign, { capture: true, passive: true });
})();
