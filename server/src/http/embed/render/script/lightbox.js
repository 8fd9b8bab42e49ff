// Shows posts large, one picture after the other, the pictures of an album in a row.
(() => {
  const box = document.querySelector("dialog");
  if (!box?.showModal) return;
  const part = (name) => box.querySelector("." + name);
  // A frame that is lower than this has no room for it: the link does its work.
  const least = 260;
  let shots = [];
  let at = 0;
  let opener;
  const show = (to) => {
    at = (to + shots.length) % shots.length;
    const { post, name, number, of } = shots[at];
    const alt = post.querySelector("img")?.alt ?? "";
    const picture = new Image();
    picture.alt = number > 1 ? `${alt} (${number} / ${of})` : alt;
    picture.src = `/media/${name}.webp`;
    part("big").replaceChildren(picture);
    part("words").textContent = post.closest("figure").querySelector("figcaption")?.textContent ?? "";
    part("words").scrollTop = 0;
    part("count").textContent = of > 1 ? `${number} / ${of}` : "";
    part("out").hidden = !post.href;
    if (post.href) part("out").href = post.href;
  };
  document.addEventListener("click", (event) => {
    const post = event.target.closest("[data-m]");
    if (!post || event.ctrlKey || event.metaKey || event.shiftKey || innerHeight < least) return;
    event.preventDefault();
    const seen = [...document.querySelectorAll("[data-m]")].filter((each) => each.getClientRects().length);
    shots = seen.flatMap((each) => {
      const names = each.dataset.m.split(" ");
      return names.map((name, index) => ({ post: each, name, number: index + 1, of: names.length }));
    });
    opener = post;
    show(shots.findIndex((shot) => shot.post === post));
    // The frame may be much taller than the screen: open where the click was.
    const height = Math.min(innerHeight, Math.max(screen.availHeight * 0.75, least));
    const place = post.getBoundingClientRect();
    const top = Math.max(0, Math.min(place.top + place.height / 2 - height / 2, innerHeight - height));
    box.style.height = height + "px";
    box.style.top = top + "px";
    box.showModal();
    part("x").focus();
  });
  part("back").onclick = () => show(at - 1);
  part("on").onclick = () => show(at + 1);
  part("x").onclick = () => box.close();
  box.onclick = (event) => event.target === box && box.close();
  box.onkeydown = (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  };
  box.onclose = () => opener?.focus();
})();
