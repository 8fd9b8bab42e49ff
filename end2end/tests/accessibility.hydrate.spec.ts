// What a person needs who sees or points differently. Every page by itself is checked in scenes.hydrate.spec.ts.
import { violationsOf } from "../support/accessibility";
import { noticeOf, PASSWORD, signUp } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

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

test("the keyboard alone is enough to change the password", async ({ page }) => {
  await signUp(page);
  await visit(page, "/settings");
  const opener = page.locator("summary", { hasText: words("person.password_change") });
  const old = page.locator("#old");
  for (let presses = 0; presses < 60 && !(await opener.evaluate((element) => element === document.activeElement)); presses++) {
    await page.keyboard.press("Tab");
  }
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(old).toBeFocused();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Tab");
  await page.keyboard.type("battery staple horse");
  await page.keyboard.press("Enter");
  await expect(noticeOf(page)).toHaveText(words("notice.password_changed"));
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
