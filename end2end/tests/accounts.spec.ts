// Parts 2 and 3: somebody with e-mail and password looks after several accounts.
import type { Page } from "@playwright/test";
import {
  cardOf, connect, consent, eventually, expectStatus, fiona, identify, openConnect, paul, best, signUp, noticeOf } from "../support/people";
import { expect, hydrated, test, visit } from "../support/test";
import { words } from "../support/words";

const refresh = "Refresh token";

test("a first account is connected from the empty page", async ({ page }) => {
  await signUp(page);
  await visit(page, "/accounts");
  await openConnect(page);
  await page.getByRole("link", { name: "Connect with Instagram" }).first().click();
  await consent(page, paul);
  await expect(page).toHaveURL(/\/(dashboard|accounts)/);
  await expect(noticeOf(page)).toContainText(words("notice.connected"));
  await visit(page, "/accounts");
  const card = cardOf(page, "paul");
  await expect(card.getByText("ACTIVE", { exact: true })).toBeVisible();
  // An active one needs no button; the place of the button says so.
  await expect(card.getByRole("button", { name: refresh })).toHaveCount(0);
  await expect(card).toContainText("Nothing to do");
});

test("one Facebook login connects two accounts", async ({ page }) => {
  await signUp(page);
  await connect(page, fiona);
  await visit(page, "/accounts");
  await expect(cardOf(page, "field.flowers").getByText("ACTIVE", { exact: true })).toBeVisible();
  await expect(cardOf(page, "field.garden").getByText("ACTIVE", { exact: true })).toBeVisible();
  await visit(page, "/dashboard");
  await expect(page.getByRole("main")).toContainText("field.flowers");
});

test("a repair goes to the platform the account was connected through", async ({ page, sandbox }) => {
  await signUp(page);
  await connect(page, paul);
  await connect(page, fiona);
  await sandbox.happen("paul", "password");
  await sandbox.happen("fiona.field", "remove");
  await sandbox.passDays(1.1);
  await visit(page, "/accounts");
  await eventually(page, async () => {
    await expect(cardOf(page, "paul").getByText("NOT ACTIVE")).toBeVisible({ timeout: 1_000 });
    await expect(cardOf(page, "field.garden").getByText("NOT ACTIVE")).toBeVisible({ timeout: 1_000 });
  });
  await hydrated(page);
  await press(page, "paul");
  await expect(page).toHaveURL(/\/oauth\/authorize/);
  await consent(page, paul);
  await expect(noticeOf(page)).toContainText("just refreshed");

  await visit(page, "/accounts");
  await press(page, "field.garden");
  await expect(page).toHaveURL(/\/dialog\/oauth/);
  await consent(page, fiona);
  await visit(page, "/accounts");
  // One token, both accounts.
  for (const username of ["paul", "field.flowers", "field.garden"]) {
    await expect(cardOf(page, username).getByText("ACTIVE", { exact: true })).toBeVisible();
  }
});

test("the dashboard names what needs somebody first", async ({ page, sandbox }) => {
  await signUp(page);
  await connect(page, paul);
  await connect(page, best);
  await visit(page, "/dashboard");
  await expect(page.getByText(words("dashboard.all_lit"))).toBeVisible();
  await sandbox.happen("paul", "log-out");
  await sandbox.passDays(1.1);
  await eventually(page, () => expect(page.getByText(words("dashboard.needs_you"))).toBeVisible({ timeout: 1_000 }));
  await expect(page.getByRole("main").getByText("NOT ACTIVE").first()).toBeVisible();
  await expect(page.getByRole("main").getByText(refresh).first()).toBeVisible();
});

test("the wrong person is refused before anything is written, and the expected account is named", async ({ page, sandbox }) => {
  await signUp(page);
  await connect(page, paul);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await visit(page, "/accounts");
  await eventually(page, () => expect(cardOf(page, "paul").getByText("NOT ACTIVE")).toBeVisible({ timeout: 1_000 }));
  await hydrated(page);
  await press(page, "paul");
  await consent(page, best);
  await expect(page.getByRole("heading", { level: 1, name: words("trouble.wrong_account") })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("@paul");
  await expect(page.getByRole("main")).toContainText("@best.of.instagram");
  // The way on: the same repair again.
  await page.getByRole("link", { name: words("trouble.again") }).click();
  await identify(page, paul);
  await page.getByRole("button", { name: "Cancel" }).click();

  await visit(page, "/accounts");
  await expect(page.getByRole("link", { name: "@best.of.instagram", exact: true })).toHaveCount(0);
  await expect(cardOf(page, "paul").getByText("NOT ACTIVE")).toBeVisible();
});

test("two people share an account: one repair heals both", async ({ page, another, sandbox }) => {
  const other = await another();
  await signUp(page);
  await signUp(other);
  await connect(page, paul);
  await connect(other, paul);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await visit(other, "/accounts");
  await eventually(other, () => expect(cardOf(other, "paul").getByText("NOT ACTIVE")).toBeVisible({ timeout: 1_000 }));
  await visit(page, "/accounts");
  await press(page, "paul");
  await consent(page, paul);
  await other.reload();
  await expect(cardOf(other, "paul").getByText("ACTIVE", { exact: true })).toBeVisible();
});

test("an account has a page with its status, plan and history, and can be taken off the list", async ({ page }) => {
  await signUp(page);
  await connect(page, fiona);
  await visit(page, "/accounts");
  await page.getByRole("link", { name: "@field.garden", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "@field.garden" })).toBeVisible();
  await expectStatus(page, "ACTIVE");
  await expect(page.getByRole("region", { name: "Access token history" })).toContainText(words("history.connected"));
  await expect(page.getByRole("main")).toContainText("@field.flowers");
  await hydrated(page);

  await page.getByText(words("account.disconnect"), { exact: true }).first().click();
  await page.getByRole("button", { name: words("account.disconnect_confirm", { username: "field.garden" }) }).click();
  await expect(page).toHaveURL(/\/accounts$/);
  await expect(page.getByRole("link", { name: "@field.flowers", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "@field.garden", exact: true })).toHaveCount(0);
});

test("the page for one's own token shows the accounts of somebody who logs in by e-mail", async ({ page }) => {
  await signUp(page);
  await connect(page, paul);
  await visit(page, "/access-token");
  await expect(page.getByRole("main")).toContainText("@paul");
  await expect(page.getByText("ACTIVE", { exact: true }).first()).toBeVisible();
});

async function press(page: Page, username: string): Promise<void> {
  await cardOf(page, username).getByRole("button", { name: refresh }).click();
}
