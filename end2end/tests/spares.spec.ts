// Two people connect one account: nobody takes anything away from the other.
import type { Page } from "@playwright/test";
import { cardOf, connect, eventually, expectStatus, historyOf, paul, petra, signInAs, signUp } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

const spares = (page: Page) => page.getByRole("region", { name: words("account.spares") });

test("the second token is kept beside the first, and takes over when that dies", async ({ page, another, sandbox }) => {
  const owner = await another();
  await signInAs(owner, paul);

  await signUp(page);
  await connect(page, petra);
  await visit(page, "/accounts");
  await cardOf(page, "paul").getByRole("link", { name: "@paul", exact: true }).click();
  await expect(spares(page)).toContainText("Through Facebook");
  await expect(spares(page).getByText("ACTIVE", { exact: true })).toBeVisible();
  await expectStatus(page, "ACTIVE");

  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await eventually(page, async () => {
    await expect(spares(page)).toContainText("Through Instagram", { timeout: 1_000 });
  });
  await expect(spares(page).getByText("NOT ACTIVE", { exact: true })).toBeVisible();
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.took_over"));

  // The owner reads the same, and what brings the other token back.
  await visit(owner, "/accounts");
  await cardOf(owner, "paul").getByRole("link", { name: "@paul", exact: true }).click();
  await expectStatus(owner, "ACTIVE");
  await connect(owner, paul);
  await visit(owner, "/accounts");
  await cardOf(owner, "paul").getByRole("link", { name: "@paul", exact: true }).click();
  await expect(spares(owner).getByText("ACTIVE", { exact: true })).toBeVisible();
});
