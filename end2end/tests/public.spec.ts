// Part 7: the page for the account's owner, who has no login here.
import { best, consent, eventually, expectStatus, paul, signInAs, noticeOf } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

test("somebody without a login here brings an account back to life", async ({ page, another, sandbox }) => {
  await signInAs(page, paul);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await visit(page, "/access-token");
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));

  const owner = await another();
  await visit(owner, "/access-token");
  await owner.getByRole("main").getByRole("link", { name: "Refresh the token" }).click();
  await expect(owner).toHaveURL(/\/oauth\/authorize/);
  await consent(owner, paul);
  await expect(owner).toHaveURL(/\/access-token/);
  await expect(noticeOf(owner)).toContainText(/just refreshed/);
  await expect(noticeOf(owner)).toContainText(/within minutes/);
  // It is no login: this browser still knows nobody.
  await visit(owner, "/dashboard");
  await expect(owner).toHaveURL(/\/login/);

  await page.reload();
  await expectStatus(page, "ACTIVE");
  const newest = page.getByRole("region", { name: "Access token history" }).getByRole("listitem").first();
  await expect(newest).toContainText(words("trigger.public_page"));
});

test("somebody whose account nobody has here is told so kindly, and nothing is stored", async ({ page, another }) => {
  await visit(page, "/access-token");
  await page.getByRole("main").getByRole("link", { name: "Refresh the token" }).click();
  await consent(page, best);
  await expect(page.getByRole("heading", { level: 1, name: words("trouble.unknown_account") })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("@best.of.instagram");
  await expect(page.getByRole("link", { name: words("trouble.again") })).toBeVisible();
  // Had something been stored, a login would now be an update and not a first connection.
  const same = await another();
  await signInAs(same, best);
  const entries = same.getByRole("region", { name: "Access token history" }).getByRole("listitem");
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText(words("history.connected"));
});
