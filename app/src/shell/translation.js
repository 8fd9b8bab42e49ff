// What changes on a translated page is shown in the new words. A browser's translator takes a text out of the page and
// puts a <font> with its own words there, while the app goes on changing the text that nobody sees. So the text is put
// back, empty, behind the words in the <font>. As soon as the app touches it, the <font> goes and the texts are there
// again; the translator finds them as new ones.
() => {
  const fonts = new WeakMap(); // Each <font>: the translator's nodes in it, and the app's texts with their words.
  const home = new WeakMap(); // Each such text: its <font>.

  const keep = (text, font) => {
    if (!fonts.has(font)) fonts.set(font, { foreign: [...font.childNodes], words: new Map() });
    fonts.get(font).words.set(text, text.data);
    home.set(text, font);
    text.data = "";
    font.append(text);
  };

  const undo = (font) => {
    const { foreign, words } = fonts.get(font);
    fonts.delete(font);
    for (const [text, word] of words) text.data = word;
    // What is left is the app's: its texts, and what it has put beside them.
    font.replaceWith(...[...font.childNodes].filter((node) => !foreign.includes(node)));
  };

  // The <font> that came for a text: in its place, beside it, or between the same neighbours.
  const inPlace = (taken, put) => {
    const of = put.filter((record) => record.target === taken.target);
    const font = (node) => node !== null && node.nodeName === "FONT" && of.some((one) => [...one.addedNodes].includes(node));
    const beside = [...taken.addedNodes, taken.previousSibling, taken.nextSibling].find(font);
    const same = of.find((one) => one.nextSibling === taken.nextSibling) || of[0];
    return beside || (same && [...same.addedNodes].find((node) => node.nodeName === "FONT"));
  };

  const look = (records) => {
    const touched = new Set();
    for (const { type, target, addedNodes, removedNodes } of records) {
      const font = type === "characterData" ? home.get(target) : target;
      if (!fonts.has(font)) continue;
      const { foreign, words } = fonts.get(font);
      // New words of the app's own stay.
      if (type === "characterData") words.delete(target);
      const apps = (node) => node.nodeName !== "FONT" && !foreign.includes(node);
      if (type === "characterData" || [...addedNodes, ...removedNodes].some(apps)) touched.add(font);
    }
    touched.forEach(undo);
    const put = records.filter(({ addedNodes }) => [...addedNodes].some((node) => node.nodeName === "FONT"));
    for (const record of put.length > 0 ? records : []) {
      for (const node of record.removedNodes) {
        const font = node.nodeType === Node.TEXT_NODE && !node.isConnected && inPlace(record, put);
        if (font && font.isConnected) keep(node, font);
      }
    }
    // Not what was done here.
    observer.takeRecords();
  };

  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
}
