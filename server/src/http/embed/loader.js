// Pilotlight: <pilotlight-widget widget="ID">, and frames of widgets that stand on the page already.
// Websites copy, merge, inline and import this file, and their tools are old: so it is plain ES2015 in ASCII, begins
// with a semicolon, and knows its address by itself, not by where it lies.
;(() => {
  let origin = "{{ origin }}";
  const local = (address) => /^https?:[^\w[]*(localhost|127\.|\[::1)/.test(address);
  const say = (text) => console.error("Pilotlight: " + text);

  // An installation that was not told its address; whoever pasted the code may know it.
  let lost = local(origin) && /^http/.test(location.protocol) && !local(location.href);
  const src = (document.currentScript || {}).src;
  if (lost && /^https?:[^?#]*\/embed\.js([?#]|$)/.test(src) && !local(src)) {
    origin = new URL(src).origin;
    lost = false;
  }

  const mark = "pilotlight " + origin;
  if (window[mark]) return;
  window[mark] = true;
  const tag = "pilotlight-widget";
  const own = new Set();
  const frames = () => new Set([...own, ...document.querySelectorAll("iframe.lightwidget-widget,iframe." + tag)]);

  // A frame is known by its window, at the moment it speaks: nothing has to watch the page, and a frame in a sandbox,
  // which has no origin, is heard too.
  addEventListener("message", (event) => {
    let data = event.data;
    try {
      if (typeof data === "string") data = JSON.parse(data);
    } catch (error) {
      return;
    }
    const size = Number(data && data.size);
    if (!(size > 0 && size < 1e5)) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== event.source || Math.abs(frame.clientHeight - size) <= 1) continue;
      (own.has(frame) ? frame.parentElement : frame).style.height = size + "px";
    }
  });

  // The installation that the element names: there may be two on a page, but only one of their loaders defines it.
  const home = (element) => {
    const from = element.getAttribute("from");
    try {
      const url = new URL(from);
      if (/^http/.test(url.protocol)) return url.origin;
    } catch (error) {}
    if (from) say("from=\"" + from + "\" is no address.");
    else if (lost) say("only this computer can reach " + origin + ". Set PILOTLIGHT_BASE_URL, or write from=\"https:...\" into the element.");
    lost = false;
    return origin;
  };

  if (window.customElements && !customElements.get(tag)) {
    customElements.define(
      tag,
      class extends HTMLElement {
        static get observedAttributes() {
          return ["widget"];
        }
        connectedCallback() {
          this.show();
        }
        disconnectedCallback() {
          own.delete(this.frame);
        }
        attributeChangedCallback() {
          if (this.isConnected) this.show();
        }
        show() {
          const widget = this.getAttribute("widget");
          if (!/^[\da-f-]{36}$/i.test(widget)) return;
          const style = getComputedStyle(this);
          if (style.display === "inline") this.style.display = "block";
          const src = home(this) + "/embed/" + widget + "#font=" + encodeURIComponent(style.fontFamily);
          const frame = (this.frame = this.frame || document.createElement("iframe"));
          own.add(frame);
          if (frame.src !== src) {
            frame.title = this.title || "Instagram posts";
            frame.loading = this.hasAttribute("eager") ? "eager" : "lazy";
            frame.referrerPolicy = "strict-origin-when-cross-origin";
            frame.style.cssText = "display:block;width:100%;height:100%;border:0;color-scheme:light";
            frame.src = src;
          }
          if (frame.parentElement !== this) {
            this.textContent = "";
            this.appendChild(frame);
          }
        }
      },
    );
  }

  // Frames that spoke before this script was here.
  for (const frame of frames()) if (frame.contentWindow) frame.contentWindow.postMessage("size", "*");
})();
