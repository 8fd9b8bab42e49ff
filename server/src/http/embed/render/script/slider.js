// Buttons for those who do not slide.
(() => {
  const row = document.querySelector(".row");
  if (!row) return;
  const [back, on] = document.querySelectorAll(".slider .go");
  const look = () => {
    const room = row.scrollWidth - row.clientWidth;
    back.hidden = on.hidden = room < 2;
    back.setAttribute("aria-disabled", row.scrollLeft < 2);
    on.setAttribute("aria-disabled", row.scrollLeft > room - 2);
  };
  back.onclick = () => row.scrollBy({ left: -row.clientWidth });
  on.onclick = () => row.scrollBy({ left: row.clientWidth });
  row.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(row);
})();
