// Parts 4 to 6: the token of somebody who logs in with Instagram or Facebook.
import {
  connect, consent, eventually, expectStatus, fiona, historyOf, identify, logOut, openMenu, paul, signInAs, statusOf, noticeOf } from "../support/people";
import { expect, hydrated, test, visit } from "../support/test";
import { words } from "../support/words";

const update = { name: "Update your access token" };

test("a login with Instagram shows the token ACTIVE, its last successful check in UTC, and its history", async ({ page }) => {
  await signInAs(page, paul);
  await openMenu(page);
  await page.getByRole("banner").getByRole("group").getByRole("link", { name: "My access token" }).click();
  await expect(page).toHaveURL(/\/access-token/);
  await expectStatus(page, "ACTIVE");
  const check = statusOf(page).getByRole("definition").first();
  await expect(statusOf(page).getByText("Last successful check")).toBeVisible();
  await expect(check).toContainText(/\d{1,2} \w+ \d{4}, \d\d:\d\d UTC/);
  const stamp = await check.getByRole("time").getAttribute("datetime");
  expect(Math.abs(Date.parse(stamp ?? "") - Date.now())).toBeLessThan(120_000);
  await expect(historyOf(page).getByRole("listitem")).toHaveCount(1);
  await expect(historyOf(page)).toContainText(words("history.connected"));
  await expect(page.getByRole("region", { name: words("refresh.heading") })).toContainText(words("refresh.last_safe"));
});

test("a changed password is found by the daily check; the button repairs it, and the history tells the story", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await hydrated(page);
  await expect(statusOf(page)).toContainText(words("death.password_changed", { platform: "Instagram" }));
  // Meta's own words are one click away.
  await statusOf(page).getByText("What Instagram said").click();
  await expect(statusOf(page)).toContainText("Code 190");

  await page.getByRole("button", update).click();
  await consent(page, paul);
  await expect(page).toHaveURL(/\/access-token/);
  await expectStatus(page, "ACTIVE");
  await expect(noticeOf(page)).toContainText("just refreshed");
  const entries = historyOf(page).getByRole("listitem");
  await expect(entries).toHaveCount(3);
  await expect(entries.nth(0)).toContainText(words("history.reauthorised"));
  await expect(entries.nth(0)).toContainText(words("trigger.button"));
  await expect(entries.nth(1)).toContainText(words("history.ended"));
  await expect(entries.nth(1)).toContainText(words("trigger.schedule"));
  await expect(entries.nth(2)).toContainText(words("history.connected"));
});

test("a token that is at least 24 hours old is extended in place, without leaving the page", async ({ page, sandbox, pilotlight }) => {
  await signInAs(page, paul);
  await sandbox.passDays(2);
  await visit(page, "/access-token");
  const elsewhere: string[] = [];
  page.on("framenavigated", (frame) => frame.url().startsWith(pilotlight.url) || elsewhere.push(frame.url()));
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/api/") && asked.push(new URL(request.url()).pathname));
  await page.getByRole("button", update).click();
  await expect(noticeOf(page)).toContainText(words("notice.extended"));
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.extended"));
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("trigger.button"));
  expect(elsewhere).toEqual([]);
  // The answer brought the new view.
  expect(asked).toEqual(["/api/token/refresh"]);
  expect(await sandbox.count("refresh")).toBe(1);
});

test("a younger token is renewed through the consent page, because Meta would not extend it", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await visit(page, "/access-token");
  await page.getByRole("button", update).click();
  await consent(page, paul);
  await expect(page).toHaveURL(/\/access-token/);
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem")).toHaveCount(2);
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.reauthorised"));
  expect(await sandbox.count("refresh")).toBe(0);
});

test("the worker extends a token by itself at half of its life", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await sandbox.passDays(31);
  await eventually(page, () =>
    expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.extended"), { timeout: 1_000 }),
  );
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("trigger.schedule"));
  // Sixty days more, from the extension on.
  await sandbox.passDays(31);
  await page.reload();
  await expectStatus(page, "ACTIVE");
});

test("an expiry is noticed at its moment, without any visitor", async ({ page, sandbox, request }) => {
  await signInAs(page, paul);
  const issued = await sandbox.now();
  // Instagram is down for sixty days, so that nothing could be extended.
  await sandbox.fault("html502");
  await sandbox.passDays(61);
  await page.goto("about:blank");
  // Nobody looks; the worker polls once a second.
  await expect(async () => expect((await request.get("/healthz")).ok()).toBe(true)).toPass();
  await visit(page, "/access-token");
  await expectStatus(page, "NOT ACTIVE");
  await expect(statusOf(page)).toContainText(words("death.expired"));
  await eventually(page, () =>
    expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.expired"), { timeout: 1_000 }),
  );
  // The entry bears the moment of the expiry and not the moment somebody noticed.
  const stamp = await historyOf(page).getByRole("listitem").first().getByRole("time").getAttribute("datetime");
  const days = (Date.parse(stamp ?? "") - issued.getTime()) / 86_400_000;
  expect(days).toBeGreaterThan(59.9);
  expect(days).toBeLessThan(60.1);
  await expect(historyOf(page).getByText(words("history.expired"), { exact: true })).toHaveCount(1);
});

test("a login with a dead token brings a new one and says so", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await logOut(page);
  await sandbox.happen("paul", "expire");
  await sandbox.fault("html502", { endpoints: ["refresh"] });
  await sandbox.passDays(61);
  await signInAs(page, paul);
  await expect(page).toHaveURL(/\/access-token/);
  await expectStatus(page, "ACTIVE");
  await expect(noticeOf(page)).toContainText(/just refreshed/);
  await expect(noticeOf(page)).toContainText(/refresh queue/);
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("trigger.login"));
});

test("an outage of Meta never turns ACTIVE into NOT ACTIVE", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  for (const kind of ["html502", "transient", "app-limit", "broken-json", "drop", "unsupported"] as const) {
    await sandbox.fault(kind);
    await sandbox.passDays(2);
    await visit(page, "/access-token");
    await page.getByRole("button", update).click();
    await expect(noticeOf(page)).toContainText(words("notice.try_later"));
    await page.reload();
    await expectStatus(page, "ACTIVE");
    await sandbox.clearFaults();
  }
});

test("a living token that cannot be extended says by when to sign in, and the button leads there", async ({ page, sandbox }) => {
  await signInAs(page, fiona);
  await sandbox.set({ extension_life: "what-is-left" });
  await sandbox.passDays(2);
  for (let press = 0; press < 2; press++) {
    await visit(page, "/access-token");
    await page.getByRole("button", update).click();
    await expect(noticeOf(page)).toContainText(words("notice.try_later"));
  }
  await visit(page, "/access-token");
  await page.getByRole("button", update).click();
  await expect(page).toHaveURL(/\/dialog\/oauth/);
  await visit(page, "/access-token");
  await expectStatus(page, "ACTIVE");
  await expect(statusOf(page)).toContainText(words("worry.moves_nothing", { platform: "Facebook" }));
  await expect(statusOf(page)).toContainText("Only signing in again at Facebook helps, before");
  await expect(historyOf(page).getByText(words("history.failed"), { exact: true })).toHaveCount(1);
  await expect(historyOf(page)).toContainText("3 times since");
  // Once when she signed in, and three times in vain. From now on the button goes straight to the consent page.
  expect(await sandbox.count("facebook-extend")).toBe(4);
  await page.getByRole("button", update).click();
  await consent(page, fiona);
  await expectStatus(page, "ACTIVE");
  await expect(statusOf(page)).toContainText(words("status.active_text", { platform: "Facebook" }));
});

test("a security check suspends the token, and the same token works again after it", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await sandbox.happen("paul", "checkpoint");
  await sandbox.passDays(1.1);
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await expect(statusOf(page)).toContainText(words("suspension.checkpoint", { platform: "Instagram" }));
  await sandbox.happen("paul", "pass-checkpoint");
  await sandbox.passDays(1.1);
  await eventually(page, () => expectStatus(page, "ACTIVE", 1_000));
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.recovered"));
  expect(await sandbox.count("code-exchange")).toBe(1);
});

test("a permission that was taken back is named, and the button asks for it again", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await sandbox.happen("paul", "untick", { permission: "instagram_business_basic" });
  await sandbox.passDays(1.1);
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await expect(statusOf(page)).toContainText("instagram_business_basic");
  await page.getByRole("button", update).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
});

test("a login with Facebook has one token for all its accounts, with a second deadline", async ({ page, sandbox }) => {
  await signInAs(page, fiona);
  await visit(page, "/access-token");
  await expectStatus(page, "ACTIVE");
  await expect(statusOf(page)).toContainText(words("status.data_access"));
  await visit(page, "/accounts");
  await expect(page.getByRole("link", { name: "@field.flowers", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "@field.garden", exact: true })).toBeVisible();
  await sandbox.happen("fiona.field", "data-access");
  await sandbox.passDays(1.1);
  await visit(page, "/access-token");
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await expect(statusOf(page)).toContainText(words("death.data_access_expired"));
  await page.getByRole("button", update).click();
  await consent(page, fiona);
  await expectStatus(page, "ACTIVE");
});

test("two people press the button at the same time: one call to Meta, two happy people", async ({ page, another, sandbox }) => {
  const other = await another();
  await signInAs(page, paul);
  await signInAs(other, paul);
  await sandbox.passDays(2);
  await Promise.all([visit(page, "/access-token"), visit(other, "/access-token")]);
  await Promise.all([page.getByRole("button", update).click(), other.getByRole("button", update).click()]);
  for (const tab of [page, other]) {
    await expect(noticeOf(tab)).toContainText(words("notice.extended"));
    await expectStatus(tab, "ACTIVE");
  }
  expect(await sandbox.count("refresh")).toBe(1);
  await page.reload();
  await expect(historyOf(page).getByRole("listitem").first()).toContainText(words("history.extended"));
  await expect(historyOf(page).getByText(words("history.extended"), { exact: true })).toHaveCount(1);
});

test("consent can be left and taken up again", async ({ page }) => {
  await visit(page, "/login");
  await page.getByRole("link", { name: "Login with Instagram" }).click();
  await identify(page, paul);
  // The page that is left has to be there first.
  await expect(page.getByRole("button", { name: "Allow", exact: true })).toBeVisible();
  await page.goBack();
  await page.goBack();
  await page.waitForURL(/\/login/);
  await hydrated(page);
  await page.getByRole("link", { name: "Login with Instagram" }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
});

test("somebody who logs in with Instagram can connect further accounts", async ({ page }) => {
  await signInAs(page, paul);
  await connect(page, fiona);
  await visit(page, "/accounts");
  for (const username of ["paul", "field.flowers", "field.garden"]) {
    await expect(page.getByRole("link", { name: `@${username}`, exact: true })).toBeVisible();
  }
});
