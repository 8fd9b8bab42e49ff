// Part 1: logging in and signing up with e-mail and password.
import { PASSWORD, logOut, openMenu, signUp } from "../support/people";
import { expect, hydrated, test, visit, withJavaScript } from "../support/test";
import { words } from "../support/words";

test("the front page says what this is and leads to login and signup", async ({ page }) => {
  await visit(page, "/");
  await expect(page).toHaveTitle(/Pilotlight/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words("home.heading"));
  await page.getByRole("main").getByRole("link", { name: "Log in", exact: true }).first().click();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByRole("link", { name: "Login with Instagram" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Login with Facebook" })).toBeVisible();
  await expect(page.getByLabel("Email")).toBeVisible();
  await expect(page.getByLabel("Password")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: "Log in", exact: true })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: words("login.sign_up") }).click();
  await expect(page).toHaveURL(/\/signup$/);
  await expect(page.getByRole("main").getByRole("button", { name: "Create account" })).toBeVisible();
});

test("somebody new signs up, signs out and logs in again", async ({ page }) => {
  const email = await signUp(page);
  await visit(page, "/dashboard");
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
  await visit(page, "/accounts");
  await expect(page.getByRole("heading", { level: 1, name: "Instagram accounts" })).toBeVisible();
  await expect(page.getByText(words("accounts.empty_title"))).toBeVisible();

  await logOut(page);
  await visit(page, "/login");
  await page.getByLabel("Email").fill(`  ${email.toUpperCase()} `.trim());
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(/\/(dashboard|accounts)/);
});

test("a wrong password keeps the e-mail address and tells nobody which of the two is wrong", async ({ page, another }) => {
  const email = await signUp(page);
  const stranger = await another();
  for (const [address, password] of [[email, "not the password"], ["nobody@example.com", PASSWORD]] as const) {
    await visit(stranger, "/login");
    await stranger.getByLabel("Email").fill(address);
    await stranger.getByLabel("Password").fill(password);
    await stranger.getByRole("main").getByRole("button", { name: "Log in", exact: true }).click();
    await expect(stranger.getByRole("alert")).toHaveText(words("form.credentials"));
    await hydrated(stranger);
    await expect(stranger.getByLabel("Email")).toHaveValue(address);
    // A new page never repeats a password.
    if (!withJavaScript()) await expect(stranger.getByLabel("Password")).toHaveValue("");
    // Nothing that was typed is in the address, which logs and histories keep; and it is told once.
    expect(new URL(stranger.url()).search).toBe("");
    await visit(stranger, "/login");
    await expect(stranger.getByRole("alert")).toHaveCount(0);
    await expect(stranger.getByLabel("Email")).toHaveValue("");
  }
});

test("a form says what is wrong beside the field", async ({ another }) => {
  const somebody = await another();
  const cases = [
    // A browser lets this one through; we do not.
    ["ann@example", PASSWORD, words("form.email_malformed")],
    ["ann@example.com", "short", words("form.password_short")],
  ] as const;
  for (const [email, password, problem] of cases) {
    await visit(somebody, "/signup");
    await somebody.getByLabel("Email").fill(email);
    await somebody.getByLabel("Password").fill(password);
    await somebody.getByRole("main").getByRole("button", { name: "Create account" }).click();
    await expect(somebody.getByText(problem)).toBeVisible();
    await expect(somebody.getByLabel("Email")).toHaveValue(email);
  }
});

test("pages behind the login lead to it and back", async ({ page }) => {
  const email = await signUp(page);
  await logOut(page);
  await visit(page, "/accounts");
  await expect(page).toHaveURL(/\/login/);
  await hydrated(page);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(/\/accounts$/);
});

test("the browsers somebody is signed in with are listed, and one can be signed out from another", async ({ page, another }) => {
  const email = await signUp(page);
  const phone = await another();
  await visit(phone, "/login");
  await phone.getByLabel("Email").fill(email);
  await phone.getByLabel("Password").fill(PASSWORD);
  await phone.getByRole("main").getByRole("button", { name: "Log in", exact: true }).click();
  await expect(phone).toHaveURL(/\/(dashboard|accounts)/);

  await openMenu(page);
  await page.getByRole("link", { name: words("nav.settings") }).click();
  await page.getByRole("link", { name: words("nav.sessions") }).click();
  await expect(page.getByRole("heading", { level: 1, name: words("sessions.heading") })).toBeVisible();
  await hydrated(page);
  await expect(page.getByText(words("sessions.this"))).toBeVisible();
  await page.getByRole("button", { name: /^Sign out/ }).first().click();
  await expect(page.getByText(words("sessions.alone"))).toBeVisible();

  await visit(phone, "/accounts");
  await expect(phone).toHaveURL(/\/login/);
  await visit(page, "/accounts");
  await expect(page).toHaveURL(/\/accounts/);
});

test("a new session at every login: an old cookie is worth nothing after logging out", async ({ page, another }) => {
  await signUp(page);
  const stolen = await page.context().cookies();
  await logOut(page);
  const thief = await another();
  await thief.context().addCookies(stolen);
  await visit(thief, "/accounts");
  await expect(thief).toHaveURL(/\/login/);
});
