// The languages of the pages, and whether their texts find room.
import type { Page } from "@playwright/test";
import { expect, hydrated } from "./test";

/** The word of the cookie, and the `lang` of the page. */
export const languages = [["en", "en"], ["ko", "ko"], ["pt-br", "pt-BR"]] as const;

/** Opens the page once more, in this language. */
export async function speak(page: Page, [word, tag]: (typeof languages)[number]): Promise<void> {
  const chosen = await page.request.post("/language", { form: { language: word }, maxRedirects: 0 });
  expect(chosen.status()).toBe(303);
  await page.reload();
  await hydrated(page);
  await expect(page.locator("html")).toHaveAttribute("lang", tag);
}

/** The texts that are cut off, or stand outside their box or the page. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const told = (element: Element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    const hidden = ".visually-hidden, .skip, svg, script, noscript, option, [hidden]";
    const cut = (element: Element) => {
      if (element.closest(hidden) || !element.checkVisibility() || !told(element)) return false;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      // A name that ends in “…” was given up on purpose.
      if (style.textOverflow === "ellipsis") return false;
      const clipped = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
      const text = document.createRange();
      text.selectNodeContents(element);
      const spills = style.display !== "inline" && text.getBoundingClientRect().right > box.right + 1.5;
      return clipped || spills || box.right > innerWidth + 1 || box.left < -1;
    };
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.trim().slice(0, 60)}`;
    return [...document.querySelectorAll("body *")].filter(cut).map(name);
  });
}
