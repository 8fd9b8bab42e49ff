// What Meta tells by signed requests: the app was removed, somebody's data must go.
import { consent, expectStatus, fiona, historyOf, paul, signInAs, statusOf } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

test("a removed app is known at once, by Meta's signed callback", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  const answer = await sandbox.send("paul", "deauthorize");
  expect(answer.status).toBe(200);
  await visit(page, "/access-token");
  await expectStatus(page, "NOT ACTIVE");
  await expect(statusOf(page)).toContainText(words("death.app_removed", { platform: "Instagram" }));
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("trigger.callback"));
  // Meta sends it again: one death, one entry.
  expect((await sandbox.send("paul", "deauthorize")).status).toBe(200);
  await page.reload();
  await expect(historyOf(page).getByRole("listitem")).toHaveCount(2);
});

test("a person whom nobody knows here gets a polite yes", async ({ sandbox }) => {
  expect((await sandbox.send("paul", "deauthorize")).status).toBe(200);
  expect((await sandbox.send("fiona.field", "data-deletion")).status).toBe(200);
});

test("a data deletion erases the token and gives a page that says so", async ({ page, another, sandbox, baseURL }) => {
  for (const who of [paul, fiona]) {
    const browser = await another();
    await signInAs(browser, who);
    const answer = await sandbox.send(who.username, "data-deletion");
    expect(answer.status).toBe(200);
    const told = JSON.parse(answer.body) as { url: string; confirmation_code: string };
    expect(told.url.startsWith(`${baseURL}/meta/deletion/`)).toBe(true);
    expect(told.confirmation_code.length).toBeGreaterThanOrEqual(8);
    await visit(page, told.url);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/delet/i);
    await expect(page.getByRole("main")).toContainText(told.confirmation_code);
    // The person can come back, with a fresh token.
    await visit(browser, "/login");
    await browser.goto(`/auth/${who.platform.toLowerCase()}/start?for=login`);
    await consent(browser, who);
    await expectStatus(browser, "ACTIVE");
  }
  const unknown = await page.goto("/meta/deletion/no-such-code");
  expect(unknown?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(words("deletion.unknown"));
});
