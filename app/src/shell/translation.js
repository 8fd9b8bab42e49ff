// Live parts survive a translation. A translator takes a text out of the page and puts <font> in its place; the app
// would go on writing into the text that nobody sees. So the text is put back, empty, into its <font>, and takes the
// place again as soon as the app writes new words into it. The translator may translate those as well.
() => {
  const originals = new Map(); // text → its words before the translation
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of changes) {
      if (type === "characterData") {
        if (originals.has(target) && target.data !== "") replace(target);
        continue;
      }
      const font = Array.from(addedNodes).find((node) => node.nodeName === "FONT") ?? beside(previousSibling, nextSibling);
      for (const text of removedNodes) {
        if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
        if (target.nodeName === "FONT") {
          // The app took it away.
          if (originals.delete(text)) target.remove();
        } else if (font) {
          originals.set(text, text.data);
          text.data = "";
          font.append(text);
        }
      }
      for (const text of addedNodes) {
        // The translator shows the original again.
        if (originals.has(text) && text.data === "" && target.nodeName !== "FONT") {
          text.data = originals.get(text);
          originals.delete(text);
        }
      }
    }
    // What was done here is no news.
    observer.takeRecords();
  });

  function beside(...siblings) {
    return siblings.find((node) => node?.nodeName === "FONT" && node.isConnected);
  }

  function replace(text) {
    const font = text.parentNode?.closest("font");
    originals.delete(text);
    let outermost = font;
    while (outermost?.parentNode?.nodeName === "FONT") outermost = outermost.parentNode;
    outermost?.replaceWith(text);
  }

  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
}
