// The tour of the README, word for word: from a login to a healed token in five minutes.
import type { Page } from "@playwright/test";
import { consent, eventually, expectStatus, historyOf, paul, statusOf } from "../support/people";
import { expect, hydrated, test, visit } from "../support/test";
import { words } from "../support/words";

async function days(sandbox: Page, button: string): Promise<void> {
  await sandbox.getByRole("button", { name: button, exact: true }).click();
  await expect(sandbox.getByText(/from the real time/)).toBeVisible();
}

test("the tour", async ({ page, pilotlight }) => {
  await visit(page, "/");
  await page.getByRole("main").getByRole("link", { name: "Log in", exact: true }).click();
  await page.getByRole("link", { name: "Login with Instagram" }).click();
  await consent(page, paul);
  await expect(page.getByRole("heading", { level: 1, name: "My access token" })).toBeVisible();
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem")).toHaveCount(1);

  const sandbox = await page.context().newPage();
  await sandbox.goto(`${pilotlight.controlUrl}/sandbox`);
  await days(sandbox, "+30 days");
  await days(sandbox, "+1 day");
  await eventually(page, () =>
    expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.extended"), { timeout: 1_000 }),
  );

  await sandbox.getByRole("form", { name: "What happens to @paul" }).getByRole("button", { name: "Change the password" }).click();
  await days(sandbox, "+1 day");
  await days(sandbox, "+1 day");
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await expect(statusOf(page)).toContainText("Instagram says that the password was changed");

  await hydrated(page);
  await page.getByRole("button", { name: "Update your access token" }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem")).toHaveCount(4);
});
