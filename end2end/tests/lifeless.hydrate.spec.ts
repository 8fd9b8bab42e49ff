// A page that cannot come alive stays what it is without JavaScript: links lead on, forms post, details open, and
// nothing that was typed is lost. Opened in a browser of its own: what goes wrong here is meant to.
import type { Page, Route } from "@playwright/test";
import { PASSWORD, paul, signInAs } from "../support/people";
import { expect, hydrated, test, visit } from "../support/test";
import { buildWidget } from "../support/widgets";

/** Something between us and a living page. */
type Harm = { name: string; kind?: string; before: (page: Page) => Promise<unknown>; held?: () => void };

const rewrite = (name: string, change: (html: string) => string, kind = "changed"): Harm => ({
  name,
  kind,
  before: (page) =>
    page.route("**/*", async (route: Route) => {
      if (route.request().resourceType() !== "document") return route.fallback();
      const answer = await route.fetch({ maxRedirects: 0 });
      const html = answer.headers()["content-type"]?.startsWith("text/html");
      return route.fulfill({ response: answer, body: html ? change(await answer.text()) : await answer.body() });
    }),
});
/** Something an extension or the browser does while the page waits for its wasm. */
const change = (name: string, held: () => void, kind?: string): Harm => ({ name, kind, held, before: async () => {} });
const blocked = (name: string, files: RegExp, answer: (route: Route) => Promise<void>): Harm => ({
  name,
  kind: "file",
  before: (page) => page.route(files, answer),
});

const harms: Harm[] = [
  change("a translator wraps every text", () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter((text) => text.data.trim() && text.parentElement?.tagName !== "SCRIPT")) {
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(text);
    }
  }, "changed"),
  change("an extension puts an element before the page", () => document.body.prepend(document.createElement("div")), "changed"),
  change("a password manager puts a button beside a field", () => {
    const field = document.querySelector("main input, main a, main button, main h1");
    field?.after(document.createElement("button"));
  }, "changed"),
  change("an extension marks a word of the heading", () => {
    const text = document.querySelector("h1")?.firstChild as Text;
    const span = document.createElement("span");
    text.splitText(3).replaceWith(span);
    span.textContent = "marked";
  }, "changed"),
  change("an ad blocker removes an element", () => document.querySelector("main p")?.remove(), "changed"),
  change("an extension puts an element into the footer", () => document.querySelector("footer")?.append(document.createElement("i")), "changed"),
  change("an extension puts a comment into the page", () => document.querySelector("main")?.append(document.createComment("x")), "changed"),
  change("an extension adds to the end of the page", () => document.body.append(document.createElement("div"))),
  change("an extension adds attributes", () => document.querySelectorAll("*").forEach((one) => one.setAttribute("data-seen", "1"))),
  rewrite("a proxy removes comments", (html) => html.replace(/<!--.*?-->|<!>/g, "")),
  rewrite("a proxy puts a banner into the page", (html) => html.replace(/<body>/, "<body><div>Free wifi</div>")),
  rewrite("a proxy puts a script into the page", (html) => html.replace("<main", "<script type=x></script><main")),
  blocked("the wasm is missing", /pkg\/pilotlight\..*\.wasm/, (route) => route.fulfill({ status: 404, body: "" })),
  blocked("the wasm is cut", /pkg\/pilotlight\..*\.wasm/, (route) =>
    route.fulfill({ contentType: "application/wasm", body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 9]) })),
  blocked("the script is blocked", /pkg\/pilotlight\..*\.js/, (route) => route.abort()),
  blocked("the texts are missing", /texts\//, (route) => route.fulfill({ status: 404, body: "" })),
  blocked("the texts are of another build", /texts\//, (route) => route.fulfill({ json: ["other"] })),
  {
    name: "the browser has no WebAssembly",
    kind: "old",
    before: (page) => page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly")),
  },
];

/** Opens a page and lets the harm happen before the wasm arrives. */
async function harmed(page: Page, harm: Harm, path: string): Promise<void> {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await harm.before(page);
  let release = () => {};
  if (harm.held) {
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/pkg\/pilotlight\..*\.wasm/, async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
  }
  await page.goto(path, { waitUntil: "domcontentloaded" });
  if (harm.held) await page.evaluate(harm.held);
  // The front page waits for a sign.
  await page.keyboard.press("Shift");
  release();
  if (harm.kind) await expect(page.locator("html")).toHaveAttribute("data-lifeless", harm.kind);
  else await hydrated(page);
}

const paths = [
  "/",
  "/login",
  "/signup",
  "/forgot",
  "/access-token",
  "/nothing-here",
  "/auth/trouble/denied?platform=instagram&again=for=login",
  "/meta/deletion/no-such-code",
];

for (const harm of harms) {
  test(`${harm.name}: every page for strangers still works`, async ({ another }) => {
    const page = await another();
    for (const path of paths) {
      await harmed(page, harm, path);
      await page.locator("header").getByRole("link").first().click();
      await expect(page).toHaveURL(/\/$/);
    }
    await harmed(page, harm, "/login");
    await page.getByLabel("Email").fill("ann@example.com");
    await page.getByLabel("Password").fill("wrong password");
    await page.getByRole("main").locator("form button[type=submit]").last().click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByLabel("Email")).toHaveValue("ann@example.com");
  });

  test(`${harm.name}: every page of a person still works`, async ({ another }) => {
    const page = await another();
    const widget = await buildWidget(page, paul);
    await visit(page, "/accounts");
    const account = (await page.getByRole("link", { name: "@paul", exact: true }).getAttribute("href")) ?? "";
    const ours = ["/", "/dashboard", "/accounts", account, "/access-token", "/widgets", "/widgets/new", `/widgets/${widget}`, "/settings", "/sessions"];
    for (const path of ours) {
      await harmed(page, harm, path);
      const menu = page.locator("details.user");
      await menu.locator("summary").click();
      await expect(menu).toHaveAttribute("open");
      await menu.locator("a").last().click();
      await expect(page).toHaveURL(/\/settings$/);
    }
  });
}

/** Makes the wasm trap, as a panic does. */
const panic = () => {
  const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const trap = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code))).exports.a as () => void;
  setTimeout(trap);
};

test("a panic later leaves what was typed, and the page works on", async ({ another, pilotlight }) => {
  const page = await another();
  await page.goto("/login");
  await hydrated(page);
  await page.getByLabel("Email").fill("ann@example.com");
  await page.evaluate(panic);
  await expect(page.locator("html")).toHaveAttribute("data-lifeless", "panic");
  await expect(page.getByLabel("Email")).toHaveValue("ann@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("ann@example.com");
  await expect.poll(() => pilotlight.log).toContain("pages did not come alive");
  expect(pilotlight.log).not.toContain("ann@example.com");
});

test("a panic on a page that was reached by a link leaves that page and what was typed there", async ({ another }) => {
  const page = await another();
  await page.goto("/login");
  await hydrated(page);
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await expect(page).toHaveURL(/\/signup/);
  await page.getByLabel("Email").fill("ann@example.com");
  await page.evaluate(panic);
  await expect(page.locator("html")).toHaveAttribute("data-lifeless", "panic");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("main").getByRole("button", { name: "Create account" }).click();
  await expect(page.locator(".field__error").first()).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("ann@example.com");
});

test("after a panic “back” shows the page that the address names", async ({ another }) => {
  const page = await another();
  await signInAs(page, paul);
  await page.getByRole("navigation").getByRole("link", { name: "Instagram accounts" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Instagram accounts" })).toBeVisible();
  await page.evaluate(panic);
  await expect(page.locator("html")).toHaveAttribute("data-lifeless", "panic");
  await page.goBack();
  await expect(page.getByRole("region", { name: "Access token status" })).toBeVisible();
});

test("a part of the app that does not load does not keep anybody from its page", async ({ another }) => {
  const page = await another();
  await signInAs(page, paul);
  await page.route(/split_widget_pages/, (route) => route.abort());
  await page.getByRole("navigation").getByRole("link", { name: "Widgets" }).click();
  await expect(page).toHaveURL(/\/widgets$/);
  await expect(page.getByRole("heading", { level: 1, name: "Widgets" })).toBeVisible();
});
