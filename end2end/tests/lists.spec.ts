// Lists of many: a page at a time, what needs somebody first, and found by name.
import type { Page } from "@playwright/test";
import { agatha, cardOf, connect, eventually, historyOf, signInAs, signUp } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

const cards = (page: Page) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /^@shop/ }) });

test("thirty-two accounts are two pages, and each of them is found", async ({ page, sandbox }) => {
  await signUp(page);
  await connect(page, agatha);
  await visit(page, "/dashboard");
  await expect(page.getByRole("region", { name: "Overview" })).toContainText("32");
  await page.getByRole("link", { name: "All 32 accounts" }).click();

  await expect(page.getByText("32 in all, 25 of them on this page")).toBeVisible();
  await expect(cards(page)).toHaveCount(25);
  await expect(cards(page).first()).toContainText("@shop.01");
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByText("32 in all, 7 of them on this page")).toBeVisible();
  await expect(cards(page)).toHaveCount(7);
  await expect(cards(page).last()).toContainText("@shop.32");
  await page.getByRole("link", { name: "First page" }).click();
  await expect(page.getByText("32 in all, 25 of them on this page")).toBeVisible();

  await page.getByRole("searchbox", { name: "Search by name" }).fill("@shop.3");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(cards(page)).toHaveCount(3);
  await expect(page.getByRole("searchbox", { name: "Search by name" })).toHaveValue("shop.3");
  await page.getByRole("searchbox", { name: "Search by name" }).fill("100% <nobody>");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("Nothing has “100% <nobody>” in its name.")).toBeVisible();
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(cards(page)).toHaveCount(25);

  // What needs somebody stands first, wherever its name would put it.
  await sandbox.happen("shop.31", "unshare");
  await sandbox.passDays(2);
  await expect(async () => {
    await visit(page, "/accounts");
    await expect(cards(page).first()).toContainText("@shop.31");
  }).toPass({ timeout: 20_000 });
  await expect(cardOf(page, "shop.31").getByText("NOT ACTIVE")).toBeVisible();
  await visit(page, "/dashboard");
  await expect(page.getByRole("region", { name: "Overview" })).toContainText("31");
});

test("a new widget can be made for an account that is chosen by its address", async ({ page }) => {
  await signUp(page);
  await connect(page, agatha);
  await visit(page, "/widgets/new");
  await expect(page.getByLabel("Account").getByRole("option")).toHaveCount(32);
});

test("a long history is read a page at a time", async ({ page, sandbox }) => {
  await signUp(page);
  await connect(page, agatha);
  for (let shop = 1; shop <= 28; shop++) await sandbox.happen(`shop.${String(shop).padStart(2, "0")}`, "unshare");
  await sandbox.passDays(2);
  await visit(page, "/accounts?q=shop.30");
  await cardOf(page, "shop.30").getByRole("link", { name: "@shop.30", exact: true }).click();
  const entries = historyOf(page).getByRole("listitem");
  await eventually(page, () => expect(entries).toHaveCount(25, { timeout: 1_000 }));
  const first = await entries.first().textContent();
  await historyOf(page).getByRole("link", { name: words("list.next") }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(entries.last()).toContainText(words("history.connected"));
  await expect(historyOf(page).getByRole("link", { name: words("list.next") })).toHaveCount(0);
  await historyOf(page).getByRole("link", { name: words("list.first") }).click();
  await expect(entries.first()).toHaveText(first ?? "");
});

test("one token names every account that lives by it", async ({ page }) => {
  await signInAs(page, agatha);
  await expect(page).toHaveURL(/\/access-token/);
  await expect(page.getByText("@shop.01, @shop.02").first()).toContainText("@shop.32");
});
