// Widgets as a person makes them: the manual check, making, changing, deleting, and what happens when the token
// dies and comes back.
import type { FrameLocator, Page } from "@playwright/test";
import { consent, eventually, expectStatus, logOut, noticeOf, paul, signInAs, signUp } from "../support/people";
import { expect, test, visit } from "../support/test";
import { built, buildWidget, createWidget, queueOf } from "../support/widgets";

/** The widget inside a page of ours. */
function previewOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Preview of the widget"]');
}

/** Pictures mean that the token works: one that has loaded, not just its place. */
async function expectPictures(frame: FrameLocator): Promise<void> {
  const picture = frame.getByRole("img").first();
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
}

async function pressPreview(page: Page): Promise<void> {
  await visit(page, "/");
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(page).toHaveURL(/account=/);
}

test("the manual check shows pictures while the token works", async ({ page }) => {
  await signInAs(page, paul);
  await pressPreview(page);
  await expectPictures(previewOf(page));
  await expect(page.getByText("is not active")).toHaveCount(0);
});

test("the manual check of a dead token names the account, the cause and the way to repair it", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await pressPreview(page);
  await sandbox.happen("paul", "password");
  await pressPreview(page);
  await expect(page.getByText("The access token of @paul is not active.")).toBeVisible();
  await expect(page.getByText("Instagram says that the password was changed", { exact: false }).first()).toBeVisible();
  // Nothing goes dark.
  await expectPictures(previewOf(page));
  await page.getByRole("button", { name: "Refresh token" }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
});

test("the manual check without the permission says that the app is not authorised", async ({ page, sandbox }) => {
  await signInAs(page, paul);
  await sandbox.happen("paul", "untick", { permission: "instagram_business_basic" });
  await pressPreview(page);
  await expect(page.getByText("@paul is not authorised", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Refresh token" })).toBeVisible();
});

test("a stranger sees the demo account, and what visitors would see if the token died", async ({ page }) => {
  await visit(page, "/");
  await expectPictures(previewOf(page));
  await page.goto("/?scenario=empty");
  await expect(previewOf(page).getByRole("img")).toHaveCount(0);
  await page.goto("/?scenario=revoked");
  await expectPictures(previewOf(page));
});

test("a widget is made, changed, loaded and deleted", async ({ page, request }) => {
  const id = await buildWidget(page, paul);
  expect(await (await request.get(`/embed/${id}`)).text()).toContain("/media/");

  await page.getByLabel("Title").fill("From our kitchen");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(noticeOf(page)).toBeVisible();
  await expect.poll(async () => (await request.get(`/embed/${id}`)).text()).toContain("From our kitchen");

  await page.getByText("Delete this widget").first().click();
  await page.getByRole("button", { name: /^Delete/ }).click();
  await expect(page).toHaveURL(/\/widgets(\?|$)/);
  const gone = await request.get(`/embed/${id}`);
  expect(gone.status()).toBe(404);
  expect(gone.headers()["content-security-policy"]).not.toContain("frame-ancestors");
  expect(await gone.text()).toContain("<body></body>");
});

test("a setting outside its range says so, and nothing typed is lost", async ({ page }) => {
  await buildWidget(page, paul);
  await page.getByLabel("Title").fill("Still here");
  const desktop = page.getByRole("group", { name: /^Desktop/ });
  await desktop.getByLabel("Columns").fill("99");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(desktop.getByText("between 1 and 8", { exact: false }).first()).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Still here");
  await expect(desktop.getByLabel("Columns")).toHaveValue("99");
  await desktop.getByLabel("Columns").fill("5");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.reload();
  await expect(desktop.getByLabel("Columns")).toHaveValue("5");
});

test("a website that is no website is named", async ({ page }) => {
  await buildWidget(page, paul);
  await page.getByLabel("Websites that may show it").fill("example.com\nnot a website");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByLabel("Websites that may show it")).toHaveValue(/not a website/);
});

test("a website with letters of its own is shown as it was typed and named as browsers know it", async ({ page, request }) => {
  const id = await buildWidget(page, paul);
  const typed = "müller-bäckerei.de\nhttps://한국.kr\nMÜLLER.de";
  await page.getByLabel("Websites that may show it").fill(typed);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(noticeOf(page)).toBeVisible();
  await expect.poll(async () => (await request.get(`/embed/${id}`)).headers()["content-security-policy"]).toContain(
    "frame-ancestors https://xn--mller-bckerei-hfb76a.de https://www.xn--mller-bckerei-hfb76a.de https://xn--3e0b707e.kr https://xn--mller-kva.de",
  );
  await visit(page, `/widgets/${id}`);
  await expect(page.getByLabel("Websites that may show it")).toHaveValue(typed);
});

test("a repaired token queues its widgets, and they are rebuilt", async ({ page, sandbox }) => {
  await buildWidget(page, paul);
  await createWidget(page);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await visit(page, "/access-token");
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await expect(queueOf(page).getByText("not active", { exact: false }).first()).toBeVisible();

  await page.getByRole("button", { name: "Update your access token" }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
  await expect(noticeOf(page)).toContainText("refresh queue");
  await eventually(page, () => expect(queueOf(page).getByText(/^Rebuilt/)).toHaveCount(2, { timeout: 1_000 }));
});

test("a login that heals a dead token says that the widgets are in the refresh queue", async ({ page, sandbox }) => {
  await buildWidget(page, paul);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await visit(page, "/access-token");
  await eventually(page, () => expectStatus(page, "NOT ACTIVE", 1_000));
  await logOut(page);
  await signInAs(page, paul);
  await expect(noticeOf(page)).toContainText("refresh queue");
  await visit(page, "/widgets");
  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await built(page);
});

test("somebody without an account is led to connecting one", async ({ page }) => {
  await signUp(page);
  await visit(page, "/widgets");
  await expect(page.getByRole("heading", { level: 1, name: "Widgets" })).toBeVisible();
  await visit(page, "/widgets/new");
  await expect(page.getByRole("link", { name: "Connect with Instagram" })).toBeVisible();
});

test("somebody else's widget is not found", async ({ page, another }) => {
  const id = await buildWidget(page, paul);
  const stranger = await another();
  await signUp(stranger, "stranger@example.com");
  const answer = await stranger.goto(`/widgets/${id}`);
  expect(answer?.status()).toBe(404);
});
