// WCAG 2.2 AA on every page, in both themes, wide and narrow.
import AxeBuilder from "@axe-core/playwright";
import { scenes } from "../support/pages";
import { expect, test, visit } from "../support/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const scene of scenes) {
  test(`${scene.name} is accessible in light and dark`, async ({ page, sandbox }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await scene.open(page, sandbox);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
        expect(found, `${colorScheme}, ${width} pixels`).toEqual([]);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(sideways, `${width} pixels: nothing to scroll sideways`).toBeLessThanOrEqual(0);
      }
    }
  });
}

test("the check itself finds what is wrong", async ({ page }) => {
  await page.goto("/login");
  await page.evaluate(() => document.querySelector("label")?.remove());
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id }) => id)).toContain("label");
});

test("the keyboard alone is enough to log in", async ({ page }) => {
  await page.goto("/login");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  const reached: string[] = [];
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => (document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent ?? "").trim()));
  }
  for (const stop of ["Login with Instagram", "Login with Facebook", "email", "password", "Log in"]) {
    expect(reached).toContain(stop);
  }
});

test("the theme can be chosen and stays chosen", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await visit(page, "/");
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect.poll(ink).not.toBe(light);
  const dark = await ink();
  await page.goto("/login");
  expect(await ink()).toBe(dark);
});
