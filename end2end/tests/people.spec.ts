// People look after their own account: address, password, logins, data, and leaving. In every language.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { speak } from "../support/languages";
import { cardOf, consent, eventually, forget, linkIn, noticeOf, PASSWORD, paul, signInAs, signUp } from "../support/people";
import { expect, hydrated, test, visit } from "../support/test";
import { type Language, words } from "../support/words";

const NEW = "battery staple horse";

/** The language of the page from here on, and its texts. */
async function speaking(page: Page, language: Language, tag: string) {
  await visit(page, "/login");
  await speak(page, [language, tag] as Parameters<typeof speak>[1]);
  return (key: string, values: Record<string, string> = {}) => words(key, values, language);
}

async function logIn(page: Page, say: (key: string) => string, email: string, password: string): Promise<void> {
  await visit(page, "/login");
  await page.getByLabel(say("login.email")).fill(email);
  await page.getByLabel(say("login.password")).fill(password);
  await page.getByRole("main").getByRole("button", { name: say("login.submit"), exact: true }).click();
}

for (const [language, tag] of [["en", "en"], ["ko", "ko"], ["pt-br", "pt-BR"]] as const) {
  test(`somebody who reads ${language} signs up, confirms, forgets the password, gets back in, and repairs a token`, async ({ page, sandbox, another }) => {
    const say = await speaking(page, language, tag);
    await visit(page, "/signup");
    await page.getByLabel(say("login.email")).fill("jiwoo@example.com");
    await page.getByLabel(say("login.password")).fill(PASSWORD);
    await page.getByRole("main").getByRole("button", { name: say("signup.submit"), exact: true }).click();
    await expect(noticeOf(page)).toHaveText(say("notice.signed_up"));
    await visit(page, "/settings");
    await expect(page.getByText(say("person.unconfirmed"), { exact: true })).toBeVisible();

    const mail = await sandbox.mail("jiwoo@example.com", say("mail.confirm"));
    expect(mail.html).toContain(`lang="${tag}"`);
    await visit(page, linkIn(mail));
    await expect(page.getByText(say("confirm.lead", { address: "jiwoo@example.com" }))).toBeVisible();
    await page.getByRole("button", { name: say("confirm.submit") }).click();
    await expect(noticeOf(page)).toHaveText(say("notice.address_confirmed"));
    await visit(page, "/settings");
    await expect(page.getByText(say("person.confirmed"), { exact: true })).toBeVisible();
    await visit(page, linkIn(mail));
    await expect(page.getByText(say("link.used"))).toBeVisible();

    // Another browser, which reads English; the mail is in the person's language all the same.
    const phone = await another();
    await forget(phone, "jiwoo@example.com");
    await visit(phone, linkIn(await sandbox.mail("jiwoo@example.com", say("mail.reset"))));
    await phone.getByLabel(words("reset.password")).fill("short");
    await phone.getByRole("button", { name: words("reset.submit") }).click();
    await expect(phone.getByText(words("form.password_short"))).toBeVisible();
    await phone.getByLabel(words("reset.password")).fill(NEW);
    await phone.getByRole("button", { name: words("reset.submit") }).click();
    await expect(noticeOf(phone)).toHaveText(say("notice.password_changed"));
    await sandbox.mail("jiwoo@example.com", say("mail.password"));
    await visit(page, "/dashboard");
    await expect(page, "the first browser was signed out").toHaveURL(/\/login/);
    await logIn(page, say, "jiwoo@example.com", PASSWORD);
    await expect(page.getByText(say("form.credentials"))).toBeVisible();
    await logIn(page, say, "jiwoo@example.com", NEW);
    await expect(page).toHaveURL(/\/dashboard/);

    // And looks after a token, from its first day to its repair.
    await visit(page, "/accounts");
    await page.getByRole("link", { name: say("connect.instagram") }).first().click();
    await consent(page, paul);
    await expect(noticeOf(page)).toHaveText(say("notice.connected"));
    await sandbox.happen("paul", "password");
    await sandbox.passDays(1.1);
    await visit(page, "/accounts");
    await eventually(page, () => expect(cardOf(page, "paul").getByText(say("status.not_active"), { exact: true })).toBeVisible({ timeout: 1_000 }));
    await hydrated(page);
    await cardOf(page, "paul").getByRole("button", { name: say("refresh.button") }).click();
    await consent(page, paul);
    await expect(noticeOf(page)).toHaveText(say("notice.refreshed"));
    await visit(page, "/accounts");
    await expect(cardOf(page, "paul").getByText(say("status.active"), { exact: true })).toBeVisible();
  });

  test(`somebody who reads ${language} changes the address, and leaves after all not`, async ({ page, sandbox }) => {
    const email = await signUp(page);
    await visit(page, linkIn(await sandbox.mail(email, words("mail.confirm"))));
    await page.getByRole("button", { name: words("confirm.submit") }).click();
    await expect(noticeOf(page)).toHaveText(words("notice.address_confirmed"));
    const say = await speaking(page, language, tag);
    await visit(page, "/settings");
    await page.getByText(say("person.address_change"), { exact: true }).click();
    await page.getByLabel(say("person.address_new")).fill("new@example.com");
    await page.getByLabel(say("person.current"), { exact: true }).first().fill("wrong password");
    await page.getByRole("button", { name: say("person.address_submit") }).click();
    await expect(page.getByText(say("form.wrong_password"))).toBeVisible();
    await expect(page.getByLabel(say("person.address_new")), "nothing typed is lost").toHaveValue("new@example.com");
    await page.getByLabel(say("person.current"), { exact: true }).first().fill(PASSWORD);
    await page.getByRole("button", { name: say("person.address_submit") }).click();
    await expect(noticeOf(page)).toHaveText(say("notice.mail_sent"));
    await expect(page.getByText(say("person.wanted", { address: "new@example.com" }))).toBeVisible();
    await visit(page, linkIn(await sandbox.mail("new@example.com", say("mail.confirm"))));
    await page.getByRole("button", { name: say("confirm.submit") }).click();
    await expect(noticeOf(page)).toHaveText(say("notice.address_confirmed"));
    for (const address of [email, "new@example.com"]) {
      expect((await sandbox.mail(address, say("mail.address"))).text).toContain("new@example.com");
    }

    await visit(page, "/settings");
    await page.getByText(say("person.leave_open"), { exact: true }).click();
    await page.getByLabel(say("person.current"), { exact: true }).last().fill(PASSWORD);
    await page.getByRole("button", { name: say("person.leave_submit") }).click();
    await expect(noticeOf(page)).toHaveText(say("notice.leaving"));
    await sandbox.mail("new@example.com", say("mail.leaving"));
    await page.getByRole("button", { name: say("person.stay") }).click();
    await expect(noticeOf(page)).toHaveText(say("notice.staying"));
    await expect(page.getByText(say("person.leave_open"), { exact: true })).toBeVisible();
  });
}

test("a login is added to one person, and one always stays", async ({ page }) => {
  await signUp(page);
  await visit(page, "/settings");
  await page.getByRole("link", { name: words("person.login_add", { platform: "Instagram" }) }).click();
  await consent(page, paul);
  await expect(page).toHaveURL(/\/settings\?notice=login-added/);
  await expect(page.getByRole("button", { name: words("person.login_remove", { platform: "Instagram" }) })).toBeVisible();
  await page.getByRole("button", { name: words("person.by_mail_remove") }).click();
  await expect(noticeOf(page)).toHaveText(words("notice.login_removed"));
  await expect(page.getByRole("button", { name: words("person.login_remove", { platform: "Instagram" }) })).toBeHidden();
  await expect(page.getByText(words("person.address_none"))).toBeVisible();
});

test("a login of somebody else is refused with the way on", async ({ page, another }) => {
  await signInAs(await another(), paul);
  await signUp(page);
  await visit(page, "/settings");
  await page.getByRole("link", { name: words("person.login_add", { platform: "Instagram" }) }).click();
  await consent(page, paul);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words("trouble.login_taken"));
});

test("what one chooses is kept with the person, in every browser", async ({ page, another }) => {
  const email = await signUp(page);
  await visit(page, "/settings");
  await page.getByLabel(words("person.name"), { exact: true }).fill("x".repeat(61));
  await page.getByLabel(words("person.zone")).selectOption("Asia/Seoul");
  await page.getByRole("button", { name: words("person.save") }).click();
  await expect(page.getByText(words("form.name_long"))).toBeVisible();
  await expect(page.getByLabel(words("person.zone")), "nothing typed is lost").toHaveValue("Asia/Seoul");
  await page.getByLabel(words("person.name"), { exact: true }).fill("Ji-woo Kim");
  await page.getByLabel(words("nav.language"), { exact: true }).selectOption("ko");
  await page.getByLabel(words("theme.label"), { exact: true }).last().selectOption("dark");
  await page.getByRole("button", { name: words("person.save") }).click();
  await expect(noticeOf(page)).toHaveText(words("notice.settings_saved", {}, "ko"));
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("banner")).toContainText("Ji-woo Kim");

  const phone = await another();
  await logIn(phone, words, email, PASSWORD);
  await expect(phone.locator("html")).toHaveAttribute("lang", "ko");
  await expect(phone.locator("html")).toHaveAttribute("data-theme", "dark");
  await phone.getByRole("button", { name: "Português" }).click();
  await expect(phone.locator("html")).toHaveAttribute("lang", "pt-BR");
  await page.reload();
  await expect(page.locator("html"), "the switch is the person's choice, too").toHaveAttribute("lang", "pt-BR");
});

test("the password is changed, and every other browser signed out", async ({ page, another }) => {
  const email = await signUp(page);
  const phone = await another();
  await logIn(phone, words, email, PASSWORD);
  await expect(phone).toHaveURL(/\/dashboard/);
  await visit(page, "/settings");
  await page.getByText(words("person.password_change"), { exact: true }).first().click();
  await page.getByLabel(words("person.current"), { exact: true }).nth(1).fill(PASSWORD);
  await page.getByLabel(words("reset.password")).fill(NEW);
  await page.getByRole("button", { name: words("person.password_submit") }).click();
  await expect(noticeOf(page)).toHaveText(words("notice.password_changed"));
  await visit(phone, "/dashboard");
  await expect(phone).toHaveURL(/\/login/);
});

test("one signs out everywhere else at once", async ({ page, another }) => {
  const email = await signUp(page);
  for (const browser of [await another(), await another()]) {
    await logIn(browser, words, email, PASSWORD);
    await expect(browser).toHaveURL(/\/dashboard/);
  }
  await visit(page, "/sessions");
  await expect(page.getByRole("button", { name: /^Sign out/ })).toHaveCount(3);
  await page.getByRole("button", { name: words("sessions.revoke_others") }).click();
  await expect(page.getByText(words("sessions.alone"))).toBeVisible();
});

test("one's data comes as a file without secrets", async ({ page }) => {
  await signInAs(page, paul);
  await visit(page, "/settings");
  const waits = page.waitForEvent("download");
  await page.getByRole("link", { name: words("person.archive_get") }).click();
  const path = await (await waits).path();
  const text = readFileSync(path, "utf8");
  expect(JSON.parse(text)).toMatchObject({ accounts: [{ username: "paul" }] });
  expect(text).not.toMatch(/IGAA/);
});

test.describe("behind a proxy", () => {
  test.use({ settings: { PILOTLIGHT_TRUSTED_PROXIES: "127.0.0.1" } });

  test("nobody learns from any form whether an address is known", async ({ page, another, sandbox }) => {
    const email = await signUp(page);
    await visit(page, linkIn(await sandbox.mail(email, words("mail.confirm"))));
    await page.getByRole("button", { name: words("confirm.submit") }).click();
    await expect(noticeOf(page)).toHaveText(words("notice.address_confirmed"));
    for (const address of [email, "nobody@example.com"]) {
      const stranger = await another();
      // From elsewhere: one network may sign up with one address once.
      await stranger.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.7" });
      await logIn(stranger, words, address, "a guessed password");
      await expect(stranger.getByRole("alert")).toHaveText(words("form.credentials"));
      await forget(stranger, address);
      await visit(stranger, "/signup");
      await stranger.getByLabel("Email").fill(address);
      await stranger.getByLabel("Password").fill("a guessed password");
      await stranger.getByRole("main").getByRole("button", { name: "Create account" }).click();
      await expect(noticeOf(stranger)).toHaveText(words("notice.signed_up"));
    }
    await sandbox.mail(email, words("mail.here"));
    expect((await sandbox.mails(email)).map((mail) => mail.subject).sort()).toEqual(
      [words("mail.confirm"), words("mail.here"), words("mail.reset")].sort(),
    );
  });
});
