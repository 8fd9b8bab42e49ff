// Live updates cost a browser one connection, however many tabs are open; and they survive a translation.
import type { Page } from "@playwright/test";
import { paul } from "../support/people";
import { expect, test, visit } from "../support/test";
import { buildWidget, queueOf } from "../support/widgets";
import { words } from "../support/words";

const path = "/access-token";

test("eight tabs share one connection, and the next takes over when one leaves", async ({ page, context, sandbox }) => {
  const id = await buildWidget(page, paul);
  const asked: Page[] = [];
  context.on("request", (request) => request.url().includes("/events/queue") && asked.push(request.frame().page()));
  const tabs = [page];
  while (tabs.length < 8) tabs.push(await context.newPage());
  for (const tab of tabs) await visit(tab, path);
  await expect.poll(() => asked.length).toBe(1);

  const rebuild = async () => {
    // Slow enough to be seen.
    await sandbox.fault("timeout", { endpoints: ["media"], seconds: 3, times: 1 });
    await page.request.post("/api/widget/rebuild", { form: { widget: id }, headers: { origin: new URL(page.url()).origin } });
  };
  const told = async (tabs: Page[]) => {
    await rebuild();
    for (const tab of tabs) await expect(queueOf(tab)).toContainText(/being rebuilt now|number/i, { timeout: 15_000 });
  };
  await told(tabs);
  // The eighth is as quick to leave for another page as the first.
  await tabs[7]?.getByRole("navigation").getByRole("link", { name: "Instagram accounts" }).click();
  await expect(tabs[7]!.getByRole("heading", { level: 1, name: "Instagram accounts" })).toBeVisible();

  const holder = asked[0]!;
  const others = tabs.slice(0, 7).filter((tab) => tab !== holder);
  await holder.close();
  await expect.poll(() => asked.length).toBe(2);
  expect(others).toContain(asked[1]);
});

/** Does to the page what a translator does. */
const translate = (kept: boolean) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement?.closest("script, style, noscript")) continue;
    const outer = document.createElement("font");
    const inner = outer.appendChild(document.createElement("font"));
    const words = text.data;
    text.replaceWith(outer);
    if (kept) inner.append(text);
    else inner.textContent = `«${words}»`;
  }
};

for (const kept of [false, true]) {
  test(`a translated page goes on telling what changes, its texts ${kept ? "wrapped" : "replaced"}`, async ({ page }) => {
    await visit(page, "/login");
    await page.evaluate(translate, kept);
    await page.getByLabel(/Email/).fill("ann@example.com");
    await page.getByLabel(/Password/).fill("wrong password");
    const button = page.getByRole("main").locator("form button[type=submit]").last();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/session/log-in", async (route) => {
      await held;
      await route.continue();
    });
    await button.click();
    await expect(button).toHaveText("Logging in …");
    release();
    await expect(button).toHaveText("Log in");
    await expect(page.getByRole("alert")).toHaveCount(1);
    await page.evaluate(translate, kept);
    // Other pages, there and back.
    await page.getByRole("banner").getByRole("link").first().click();
    await expect(page).toHaveURL(/\/$/);
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  });
}

for (const kept of [false, true]) {
  test(`a translated refresh queue goes on moving, its texts ${kept ? "wrapped" : "replaced"}`, async ({ page, sandbox }) => {
    const id = await buildWidget(page, paul);
    await visit(page, path);
    const queue = queueOf(page);
    await page.evaluate(translate, kept);
    await sandbox.fault("timeout", { endpoints: ["media"], seconds: 2, times: 1 });
    const form = { widget: id };
    await page.request.post("/api/widget/rebuild", { form, headers: { origin: new URL(page.url()).origin } });
    await expect(queue.getByRole("progressbar")).toBeVisible();
    await expect(queue).toContainText(words("queue.running"));
    await expect(queue.getByRole("progressbar")).toHaveCount(0, { timeout: 15_000 });
    await expect(queue).not.toContainText(words("queue.running"));
    // Each text stands there once.
    await expect(queue.getByRole("listitem")).toHaveCount(1);
  });
}

test("what the app does with translated texts is seen, whichever way they were translated", async ({ page }) => {
  await visit(page, "/login");
  const seen = await page.evaluate(async () => {
    const tick = () => new Promise((done) => setTimeout(done));
    const translated = (text: Text) => {
      const outer = document.createElement("font");
      outer.appendChild(document.createElement("font")).textContent = `«${text.data}»`;
      return outer;
    };
    const ways: ((text: Text) => void)[] = [
      (text) => text.replaceWith(translated(text)),
      (text) => (text.before(translated(text)), text.remove()),
      (text) => (text.after(translated(text)), text.remove()),
      (text) => {
        const { parentNode, nextSibling } = text;
        text.remove();
        parentNode?.insertBefore(translated(text), nextSibling);
      },
    ];
    const fate: ((text: Text, line: HTMLElement) => void)[] = [
      (text) => void (text.data = "new"),
      (text) => void (text.data = ""),
      (text) => text.remove(),
      // Another element takes its place; it leaves and comes back; the translator shows the original again.
      (text) => (text.parentNode?.insertBefore(document.createElement("b"), text).append("bold"), text.remove()),
      (text, line) => (text.remove(), line.append(text)),
      (text, line) => line.replaceChildren(text),
    ];
    const seen: string[] = [];
    for (const way of ways) {
      for (const happens of fate) {
        const line = document.createElement("p");
        const text = line.appendChild(document.createTextNode("old"));
        document.querySelector("main")?.append(line);
        await tick();
        way(text);
        await tick();
        happens(text, line);
        await tick();
        seen.push(line.textContent ?? "");
        line.remove();
      }
    }
    return seen;
  });
  const each = ["new", "", "", "bold", "old", "old"];
  expect(seen).toEqual([...each, ...each, ...each, ...each]);
});

test("a stream that was refused is asked for again", async ({ page }) => {
  await buildWidget(page, paul);
  let asked = 0;
  await page.route("**/events/queue?*", (route) => (++asked === 1 ? route.fulfill({ status: 502 }) : route.continue()));
  await page.clock.install();
  await visit(page, path);
  await expect.poll(() => asked).toBe(1);
  await expect
    .poll(async () => {
      await page.clock.fastForward(31_000);
      return asked;
    })
    .toBeGreaterThan(1);
});
