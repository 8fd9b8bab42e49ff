// Everything that can go wrong on the way through Meta's consent page: each has its own page with the way on.
import type { Page } from "@playwright/test";
import { callbackOf, consent, expectStatus, fiona, identify, noah, paul, personal, signInAs } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

async function start(page: Page, platform: "Instagram" | "Facebook" = "Instagram"): Promise<void> {
  await visit(page, "/login");
  await page.getByRole("link", { name: `Login with ${platform}` }).click();
}

async function expectTrouble(page: Page, key: string, values: Record<string, string> = {}): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words(`trouble.${key}`, values));
  await expect(page.getByRole("main")).toContainText(words("trouble.what_next"));
}

test("saying no", async ({ page }) => {
  await start(page);
  await consent(page, paul, { cancel: true });
  await expectTrouble(page, "denied");
  await page.getByRole("link", { name: words("trouble.again") }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
});

test("saying no at Facebook", async ({ page }) => {
  await start(page, "Facebook");
  await consent(page, fiona, { cancel: true });
  await expectTrouble(page, "denied");
});

test("an unticked permission is named, and Facebook asks for it again", async ({ page }) => {
  await start(page, "Facebook");
  await consent(page, fiona, { untick: "instagram_basic" });
  await expectTrouble(page, "missing_permission");
  await expect(page.getByRole("main")).toContainText("instagram_basic");
  await page.getByRole("link", { name: words("trouble.again") }).click();
  await identify(page, fiona);
  const box = page.getByRole("checkbox", { name: "instagram_basic" });
  await expect(box).toBeEnabled();
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await expectStatus(page, "ACTIVE");
});

test("an unticked permission at Instagram", async ({ page }) => {
  await start(page);
  await consent(page, paul, { untick: "instagram_business_basic" });
  await expectTrouble(page, "missing_permission");
  await expect(page.getByRole("main")).toContainText("instagram_business_basic");
});

test("a personal account", async ({ page }) => {
  await start(page);
  await consent(page, personal);
  await expectTrouble(page, "personal_account");
});

test("a Facebook user without an Instagram account", async ({ page }) => {
  await start(page, "Facebook");
  await consent(page, noah);
  await expectTrouble(page, "no_accounts");
});

for (const kind of ["html502", "transient", "broken-json", "big-body", "app-limit"] as const) {
  test(`Meta is down: ${kind}`, async ({ page, sandbox }) => {
    await sandbox.fault(kind, { endpoints: ["code-exchange"] });
    await start(page);
    await consent(page, paul);
    await expectTrouble(page, "meta_down", { platform: "Instagram" });
    await sandbox.clearFaults();
    await page.getByRole("link", { name: words("trouble.again") }).click();
    await consent(page, paul);
    await expectStatus(page, "ACTIVE");
  });
}

test("Meta refuses the app: the fault is the operator's, and the page says so", async ({ page, sandbox }) => {
  await sandbox.fault("app-disabled");
  await start(page);
  await consent(page, paul);
  await expectTrouble(page, "app_fault", { platform: "Instagram" });
});

test("an app with Standard Access may not read everybody's account, and the page says so", async ({ page, sandbox }) => {
  await sandbox.set({ app_access: "standard" });
  await sandbox.happen("paul", "not-tester");
  await start(page);
  await consent(page, paul);
  await expectTrouble(page, "not_readable");
  await sandbox.happen("paul", "tester");
  await page.getByRole("link", { name: words("trouble.again") }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
});

for (const [answer, key] of [
  ["unavailable", "meta_down"],
  ["error-code-only", "meta_down"],
  ["app-error", "app_fault"],
] as const) {
  test(`an error in the redirect: ${answer}`, async ({ page, sandbox }) => {
    await sandbox.set({ consent_answer: answer });
    await start(page);
    await consent(page, paul);
    await expectTrouble(page, key, { platform: "Instagram" });
  });
}

test("Pages that Facebook does not list are found, and the way to change the shared ones is named", async ({ page, sandbox }) => {
  await start(page, "Facebook");
  await consent(page, noah);
  await expect(page.getByRole("link", { name: words("trouble.shared_link") })).toBeVisible();
  await sandbox.set({ pages_listed: false });
  await page.getByRole("link", { name: words("trouble.again") }).click();
  await consent(page, fiona);
  await expect(page.getByRole("main")).toContainText("@field.flowers");
});

test("a cookie of somebody else with an accent signs nobody out", async ({ page }) => {
  await visit(page, "/login");
  await page.evaluate(() => (document.cookie = "shop_name=Café; path=/"));
  await page.getByRole("link", { name: "Login with Instagram" }).click();
  await consent(page, paul);
  await expectStatus(page, "ACTIVE");
  await page.reload();
  await expectStatus(page, "ACTIVE");
});

test("a callback that is opened twice shows the first result", async ({ page, sandbox }) => {
  const callback = await callbackOf(page.request, "for=login", paul);
  await visit(page, callback);
  await expectStatus(page, "ACTIVE");
  const first = new URL(page.url()).pathname;
  await visit(page, callback);
  await expectStatus(page, "ACTIVE");
  expect(new URL(page.url()).pathname).toBe(first);
  expect(await sandbox.count("code-exchange")).toBe(1);
  // The back button, too.
  await visit(page, "/accounts");
  await page.goBack();
  await expectStatus(page, "ACTIVE");
});

test("a denial that is opened twice shows the denial", async ({ page }) => {
  const callback = new URL(await callbackOf(page.request, "for=login", paul));
  const state = callback.searchParams.get("state") ?? "";
  const denial = `${callback.origin}${callback.pathname}?error=access_denied&error_reason=user_denied&state=${state}`;
  for (let visits = 0; visits < 2; visits++) {
    await visit(page, denial);
    await expectTrouble(page, "denied");
  }
});

test("a login that was begun in another browser is refused and still works in its own", async ({ page, another }) => {
  const victim = await another();
  const callback = await callbackOf(page.request, "for=login", paul);
  const answer = await victim.goto(callback);
  expect(answer?.status()).toBe(400);
  await expectTrouble(victim, "expired");
  await visit(victim, "/dashboard");
  await expect(victim).toHaveURL(/\/login/);
  await visit(page, callback);
  await expectStatus(page, "ACTIVE");
});

test("an unknown state and a missing one are refused", async ({ page }) => {
  for (const query of ["code=abc&state=made-up", "code=abc", "", `code=${"x".repeat(5000)}&state=y`]) {
    const answer = await page.goto(`/auth/instagram/callback?${query}`);
    expect(answer?.status(), query.slice(0, 40)).toBe(400);
    await expectTrouble(page, "expired");
  }
  // Meta's own sample of a denial carries no state: it is believed, because it does nothing.
  await page.goto("/auth/instagram/callback?error=access_denied&error_reason=user_denied");
  await expectTrouble(page, "denied");
});

test("a state of one platform is worth nothing at the other", async ({ page }) => {
  const callback = await callbackOf(page.request, "for=login", paul);
  const answer = await page.goto(callback.replace("/auth/instagram/", "/auth/facebook/"));
  expect(answer?.status()).toBe(400);
  await expectTrouble(page, "expired");
});

test("a spent code is told apart", async ({ page, sandbox }) => {
  // The exchange takes effect, but its answer is lost; the person reloads with a new login and the old code.
  const first = new URL(await callbackOf(page.request, "for=login", paul));
  await visit(page, first.href);
  await expectStatus(page, "ACTIVE");
  const second = new URL(await callbackOf(page.request, "for=login", paul));
  second.searchParams.set("code", first.searchParams.get("code") ?? "");
  const answer = await page.goto(second.href);
  expect(answer?.status()).toBe(400);
  await expectTrouble(page, "code_spent");
  expect(await sandbox.count("code-exchange")).toBe(2);
});

test("each trouble has its own address, words and status, and leads nowhere else", async ({ page }) => {
  const statuses = {
    denied: 200, "missing-permission": 200, "personal-account": 200, "no-accounts": 200, "wrong-account": 409,
    "unknown-account": 404, "meta-down": 503, expired: 400, "app-fault": 503, "code-spent": 400,
  };
  for (const [kind, status] of Object.entries(statuses)) {
    const answer = await page.goto(`/auth/trouble/${kind}?platform=instagram&again=https://evil.example/`);
    expect(answer?.status(), kind).toBe(status);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator('a[href*="evil"]')).toHaveCount(0);
  }
  const answer = await page.goto("/auth/trouble/nonsense");
  expect(answer?.status()).toBe(404);
});

test("consent for a person in trouble with Instagram ends at Instagram, not here", async ({ page, sandbox }) => {
  await sandbox.happen("paul", "not-tester");
  await start(page);
  await identify(page, paul);
  await expect(page.getByRole("heading", { name: "Insufficient developer role" })).toBeVisible();
  await sandbox.happen("paul", "tester");
  await signInAs(page, paul);
});
