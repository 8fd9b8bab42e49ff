// Pilotlight: <pilotlight-widget widget="ID">, and frames of widgets that stand on the page already.
(() => {
  const script = document.currentScript || document.querySelector('script[src*="/embed.js"]');
  const origin = new URL(script.src).origin;
  const mark = "pilotlight " + origin;
  if (window[mark]) return;
  window[mark] = true;
  const tag = "pilotlight-widget";
  const own = new Set();
  const frames = () => new Set([...own, ...document.querySelectorAll(`iframe.lightwidget-widget,iframe.${tag}`)]);

  // A frame is known by its window, at the moment it speaks: nothing has to watch the page.
  addEventListener("message", (event) => {
    if (event.origin !== origin) return;
    let data = event.data;
    try {
      if (typeof data === "string") data = JSON.parse(data);
    } catch {
      return;
    }
    const size = Number(data?.size);
    if (!(size > 0 && size < 1e5)) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== event.source || Math.abs(frame.clientHeight - size) <= 1) continue;
      (own.has(frame) ? frame.parentElement : frame).style.height = size + "px";
    }
  });

  if (!customElements.get(tag)) {
    customElements.define(
      tag,
      class extends HTMLElement {
        static observedAttributes = ["widget"];
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
          const src = `${origin}/embed/${widget}#font=${encodeURIComponent(style.fontFamily)}`;
          const frame = (this.frame ||= document.createElement("iframe"));
          own.add(frame);
          if (frame.src !== src) {
            frame.title = this.title || "Instagram posts";
            frame.loading = this.hasAttribute("eager") ? "eager" : "lazy";
            frame.referrerPolicy = "strict-origin-when-cross-origin";
            frame.style.cssText = "display:block;width:100%;height:100%;border:0;color-scheme:light";
            frame.src = src;
          }
          if (frame.parentElement !== this) this.replaceChildren(frame);
        }
      },
    );
  }

  // Frames that spoke before this script was here.
  for (const frame of frames()) frame.contentWindow?.postMessage("size", "*");
})();
