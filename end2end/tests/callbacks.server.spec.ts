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

for (const who of [paul, fiona]) {
  test(`a data deletion asked for at ${who.platform} erases the token and gives a page that says so`, async ({ page, another, sandbox, baseURL }) => {
    const stranger = await another();
    await signInAs(page, who);
    const answer = await sandbox.send(who.username, "data-deletion");
    expect(answer.status).toBe(200);
    const told = JSON.parse(answer.body) as { url: string; confirmation_code: string };
    expect(told.url.startsWith(`${baseURL}/meta/deletion/`)).toBe(true);
    expect(told.confirmation_code.length).toBeGreaterThanOrEqual(8);
    await visit(stranger, told.url);
    await expect(stranger.getByRole("heading", { name: words("deletion.done") })).toBeVisible();
    await expect(stranger.getByRole("main")).toContainText(told.confirmation_code);
    // The person can come back, with a fresh token.
    await page.goto(`/auth/${who.platform.toLowerCase()}/start?for=login`);
    await consent(page, who);
    await expectStatus(page, "ACTIVE");
  });
}

test("a confirmation code that nobody gave out is a 404", async ({ page }) => {
  const unknown = await page.goto("/meta/deletion/no-such-code");
  expect(unknown?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: words("deletion.unknown") })).toBeVisible();
});
