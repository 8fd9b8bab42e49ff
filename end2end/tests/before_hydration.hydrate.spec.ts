// What a person has opened, typed, chosen or focused before the wasm arrives stays.
import type { Page } from "@playwright/test";
import { connect, paul, signInAs, signUp } from "../support/people";
import { expect, hydrated, test } from "../support/test";
import { buildWidget } from "../support/widgets";

/** Opens a page whose wasm arrives after what the person does there. */
async function early(page: Page, path: string, acts: () => Promise<void>): Promise<void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/pkg\/.*\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "domcontentloaded" });
  await acts();
  release();
  await hydrated(page);
  await page.unrouteAll();
  // Whatever the page does first has been done.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

for (const path of ["/login", "/signup"]) {
  test(`what was typed at ${path} stays and is sent`, async ({ page }) => {
    const email = page.getByLabel("Email");
    await early(page, path, async () => {
      await page.getByLabel("Password").fill("short");
      await email.fill("ann@example.com");
    });
    await expect(email).toHaveValue("ann@example.com");
    await expect(email).toBeFocused();
    await page.getByRole("main").locator("form button[type=submit]").last().click();
    await expect(page.getByRole("alert").or(page.locator(".field__error")).first()).toBeVisible();
    await expect(email).toHaveValue("ann@example.com");
  });
}

test("the user menu stays open on every page, and closes on Escape", async ({ page }) => {
  await signUp(page);
  const menu = page.locator("details.user");
  for (const path of ["/", "/dashboard", "/accounts", "/access-token", "/widgets", "/sessions", "/nothing-here"]) {
    await early(page, path, () => menu.locator("summary").click());
    await expect(menu, path).toHaveAttribute("open");
    await menu.locator("summary").press("Escape");
    await expect(menu, path).not.toHaveAttribute("open");
    await menu.locator("summary").click();
    await expect(menu, path).toHaveAttribute("open");
  }
});

test("menus and details of the pages stay open", async ({ page }) => {
  await signUp(page);
  await connect(page, paul);
  const connecting = page.locator("main details.menu");
  await early(page, "/accounts", () => connecting.locator("summary").click());
  await expect(connecting).toHaveAttribute("open");
  const plans = page.locator("main details").first();
  await page.getByRole("link", { name: "@paul", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "@paul" })).toBeVisible();
  const address = page.url();
  await early(page, address, async () => {
    for (const one of await page.locator("main details > summary").all()) await one.click();
  });
  for (const one of await page.locator("main details").all()) await expect(one).toHaveAttribute("open");
  await expect(plans).toHaveAttribute("open");
});

test("the settings of a widget that were typed stay, and are sent", async ({ page }) => {
  const id = await buildWidget(page, paul);
  for (const path of ["/widgets/new", `/widgets/${id}`]) {
    const title = page.getByLabel("Title");
    await early(page, path, async () => {
      await page.getByLabel("Layout").selectOption("list");
      await title.fill("Typed early");
    });
    await expect(title).toHaveValue("Typed early");
    await expect(title).toBeFocused();
    await expect(page.getByLabel("Layout")).toHaveValue("list");
    // The preview shows it too.
    await expect(page.frameLocator('iframe[title="Preview of the widget"]').getByText("Typed early")).toBeVisible();
  }
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Typed early" })).toBeVisible();
});

test("what was chosen for the front page's preview stays", async ({ page }) => {
  await signInAs(page, paul);
  await early(page, "/", async () => {
    await page.getByLabel("Layout").selectOption("list");
    await page.locator("main details > summary").first().click();
  });
  await expect(page.getByLabel("Layout")).toHaveValue("list");
  await expect(page.locator("main details").first()).toHaveAttribute("open");
});
