// A browser may leave at any moment. What was begun goes on, and whoever comes back finds its result.
import { callbackOf, expectStatus, historyOf, paul, signInAs } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

test("a string that Instagram has rotated is kept although the browser has left, and the button works at once", async ({ page, sandbox }) => {
  await sandbox.set({ refresh_string: "rotate-old-dies" });
  await signInAs(page, paul);
  await sandbox.passDays(2);
  await visit(page, "/access-token");
  await sandbox.fault("slow", { endpoints: ["refresh"], seconds: 2, times: 1 });
  await page.getByRole("button", { name: "Update your access token" }).click({ noWaitAfter: true });
  await expect.poll(() => sandbox.count("refresh")).toBe(1);
  const later = await page.context().newPage();
  await page.close();

  await visit(later, "/access-token");
  await expect(async () => {
    await later.reload();
    await expect(historyOf(later).getByRole("listitem").first()).toContainText(words("history.extended"), { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  // The string that was kept is the one that works.
  await sandbox.passDays(2);
  await visit(later, "/access-token");
  await later.getByRole("button", { name: "Update your access token" }).click();
  await expect.poll(() => sandbox.count("refresh")).toBe(2);
  await expectStatus(later, "ACTIVE");
  await later.close();
});

test("a sign-in that is reloaded while Instagram is still answering is one sign-in", async ({ page, sandbox }) => {
  const callback = await callbackOf(page.request, "for=login", paul);
  await sandbox.fault("slow", { endpoints: ["code-exchange"], seconds: 2, times: 1 });
  const first = page.goto(callback).catch(() => null);
  await expect.poll(() => sandbox.count("code-exchange")).toBe(1);
  // Going there again drops the first request in the middle.
  await visit(page, callback);
  await first;
  await expectStatus(page, "ACTIVE");
  expect(await sandbox.count("code-exchange")).toBe(1);
});
