// Three languages: chosen here, asked for by the browser, or named in the address.
import { connect, paul, signUp } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

test.describe("a browser in Korea", () => {
  test.use({ locale: "ko-KR" });

  test("reads Korean, error pages too", async ({ page, request }) => {
    await visit(page, "/login");
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words("login.heading", {}, "ko"));
    await expect(page).toHaveTitle(new RegExp(words("login.heading", {}, "ko")));
    const lost = await request.get("/auth/myspace/start?for=login", { headers: { "accept-language": "ko" } });
    expect(lost.status()).toBe(404);
    expect(lost.headers()["content-language"]).toBe("ko");
    expect(await lost.text()).toContain(words("door.nothing", {}, "ko"));
  });
});

test("the switch keeps the page and what was typed, but no password", async ({ page }) => {
  await visit(page, "/signup?next=%2Fwidgets");
  await page.getByLabel("Email").fill("jimin@example.com");
  await page.getByLabel("Password").fill("a secret that nobody reads");
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page).toHaveURL(/\/signup\?next=%2Fwidgets$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByLabel(words("login.email", {}, "ko"))).toHaveValue("jimin@example.com");
  await expect(page.getByLabel(words("login.password", {}, "ko"))).toHaveValue("");
  await expect(page.getByRole("button", { name: "한국어" })).toHaveAttribute("aria-pressed", "true");
  // The choice is kept, on every page.
  await visit(page, "/login");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await page.getByRole("button", { name: "Português" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words("login.heading", {}, "pt-br"));
});

test("the settings of a widget survive the switch", async ({ page }) => {
  await signUp(page);
  await connect(page, paul);
  await visit(page, "/widgets/new");
  await page.getByLabel(words("settings.title"), { exact: true }).fill("Slow mornings");
  await page.getByRole("button", { name: "Português" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  await expect(page.getByLabel(words("settings.title", {}, "pt-br"), { exact: true })).toHaveValue("Slow mornings");
});

test("a page for everybody has an address in each language, which search engines find", async ({ page, pilotlight }) => {
  await visit(page, "/ko");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words("home.heading", {}, "ko"));
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${pilotlight.url}/ko`);
  const alternate = (language: string) => page.locator(`link[rel="alternate"][hreflang="${language}"]`);
  await expect(alternate("en")).toHaveAttribute("href", `${pilotlight.url}/`);
  await expect(alternate("pt-BR")).toHaveAttribute("href", `${pilotlight.url}/pt-br`);
  await expect(alternate("x-default")).toHaveAttribute("href", `${pilotlight.url}/`);
  await page.getByRole("button", { name: "Português" }).click();
  await expect(page).toHaveURL(/\/pt-br$/);
  await visit(page, "/pt-br/access-token");
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL(/\/access-token$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
