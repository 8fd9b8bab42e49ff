// What people do: sign in, connect, repair. All through the real pages.
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import type { Mail } from "./sandbox";
import { expect, hydrated, visit } from "./test";
import { type Language, words } from "./words";

export type Platform = "Instagram" | "Facebook";

/** Somebody of the sandbox's test world. */
export type Somebody = { platform: Platform; label: string; username: string };

const instagram = (username: string): Somebody => ({ platform: "Instagram", label: `@${username}`, username });
const facebook = (username: string, label: string): Somebody => ({ platform: "Facebook", label, username });

export const paul = instagram("paul");
export const best = instagram("best.of.instagram");
export const seoul = instagram("seoul.bakery");
export const mallory = instagram("mallory.tables");
export const personal = instagram("just.me");
export const fiona = facebook("fiona.field", "Fiona Field");
/** Looks after 32 shops, `shop.01` to `shop.32`. */
export const agatha = facebook("agatha.agency", "Agatha Agency");
/** Manages the Page of @paul. */
export const petra = facebook("petra.page", "Petra Page");
export const noah = facebook("noah.nopage", "Noah Nopage");

export const PASSWORD = "correct horse battery";

/** Says who one is on the sandbox's consent page. */
export async function identify(page: Page, who: Somebody): Promise<void> {
  await expect(page.getByRole("heading", { name: "Who is signing in?" })).toBeVisible();
  await page.getByRole("button", { name: `Continue as ${who.label}` }).click();
}

/** Goes through the consent page: who, which boxes, yes or no. */
export async function consent(
  page: Page,
  who: Somebody,
  answer: { untick?: string; cancel?: boolean } = {},
): Promise<void> {
  await identify(page, who);
  if (answer.untick) await page.getByRole("checkbox", { name: answer.untick }).uncheck();
  await page.getByRole("button", { name: answer.cancel ? "Cancel" : "Allow", exact: true }).click();
  await hydrated(page);
}

/** Presses "Login with …" and goes through consent. */
export async function signInAs(page: Page, who: Somebody): Promise<void> {
  await visit(page, "/login");
  await page.getByRole("link", { name: `Login with ${who.platform}` }).click();
  await consent(page, who);
  await expect(page).toHaveURL(/\/(access-token|dashboard)/);
}

let people = 0;

/** Creates an account with an e-mail address of its own. */
export async function signUp(page: Page, email = `somebody-${++people}@example.com`): Promise<string> {
  await visit(page, "/signup");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/(dashboard|accounts)/);
  await hydrated(page);
  return email;
}

/** The path of the link in a mail. */
export function linkIn(mail: Mail): string {
  const link = /^https?:\/\/\S+\/(?:confirm|reset)\/\S+$/m.exec(mail.text)?.[0];
  if (!link) throw new Error(`no link in the mail: ${mail.text}`);
  return new URL(link).pathname;
}

/** Says that the password is forgotten. */
export async function forget(page: Page, email: string, language: Language = "en"): Promise<void> {
  await visit(page, "/forgot");
  await page.getByLabel(words("login.email", {}, language)).fill(email);
  await page.getByRole("button", { name: words("forgot.submit", {}, language) }).click();
  await expect(noticeOf(page)).toHaveText(words("notice.reset_sent", {}, language));
}

/** Connects an account of somebody's, from the page with the accounts. */
export async function connect(page: Page, who: Somebody): Promise<void> {
  await visit(page, "/accounts");
  await openConnect(page);
  await page.getByRole("link", { name: `Connect with ${who.platform}` }).first().click();
  await consent(page, who);
}

/** Opens the choice of platforms, unless the empty page shows it already. */
export async function openConnect(page: Page): Promise<void> {
  const choice = page.getByRole("link", { name: "Connect with Instagram" }).first();
  if (!(await choice.isVisible())) await page.getByText("Connect an Instagram account").first().click();
  await expect(choice).toBeVisible();
}

/** Signs out through the user menu. */
export async function logOut(page: Page): Promise<void> {
  await openMenu(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("link", { name: "Log in" }).first()).toBeVisible();
  await hydrated(page);
}

/** Opens the user menu. */
export async function openMenu(page: Page): Promise<void> {
  await page.getByRole("banner").getByLabel(/^Menu of /).click();
}

/** The section "Access token status". */
export function statusOf(page: Page): Locator {
  return page.getByRole("region", { name: "Access token status" });
}

/** The section "Access token history". */
export function historyOf(page: Page): Locator {
  return page.getByRole("region", { name: "Access token history" });
}

/** What the page says after something was done: above everything else that may say something. */
export function noticeOf(page: Page): Locator {
  return page.getByRole("status").filter({ hasText: /./ }).first();
}

/** The card of one account in a list. */
export function cardOf(page: Page, username: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("link", { name: `@${username}`, exact: true }) });
}

/** Reads the word in large letters. */
export async function expectStatus(page: Page, word: "ACTIVE" | "NOT ACTIVE", timeout?: number): Promise<void> {
  await expect(statusOf(page).getByText(word, { exact: true })).toBeVisible({ timeout });
}

/** Loads the page again until it says what it should: the worker needs a moment. */
export async function eventually(page: Page, check: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await check();
  }).toPass({ timeout: 20_000, intervals: [300] });
}

/**
 * Goes through consent without a browser and returns the address of the callback, unopened. The cookie that
 * binds the login to its browser lands in the jar of `request`.
 */
export async function callbackOf(request: APIRequestContext, purpose: string, who: Somebody): Promise<string> {
  const start = await request.get(`/auth/${who.platform.toLowerCase()}/start?${purpose}`, { maxRedirects: 0 });
  expect(start.status()).toBeGreaterThanOrEqual(302);
  const authorize = new URL(start.headers()["location"] ?? "");
  const scopes = (authorize.searchParams.get("scope") ?? "").split(/[ ,]/);
  const form = new URLSearchParams([
    ...authorize.searchParams,
    ["as", who.username],
    ["decision", "allow"],
    ...scopes.map((scope): [string, string] => ["permission", scope]),
  ]);
  const decided = await request.post(`${authorize.origin}${authorize.pathname}/decide`, {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    data: form.toString(),
    maxRedirects: 0,
  });
  expect(decided.status()).toBe(302);
  return decided.headers()["location"] ?? "";
}
