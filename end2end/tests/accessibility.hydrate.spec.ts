// What a person needs who sees or points differently. Every page by itself is checked in scenes.hydrate.spec.ts.
import { violationsOf } from "../support/accessibility";
import { expect, test, visit } from "../support/test";

test("the check itself finds what is wrong", async ({ page }) => {
  await page.goto("/login");
  await page.evaluate(() => document.querySelector("label")?.remove());
  const found = await violationsOf(page);
  expect(found.map((violation) => violation.split(":")[0])).toContain("label");
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
