// The website's font family: the loader writes its name behind the address.
(() => {
  try {
    const font = decodeURIComponent(/^#font=(.{1,900})$/.exec(location.hash)?.[1] ?? "");
    if (/^[\p{L}\p{N}_ ,'"-]{1,300}$/u.test(font)) document.documentElement.style.setProperty("--font", font);
  } catch {}
})();
