// The fixtures all tests share. Every test has its own Pilotlight and sandbox, so none depends on another.
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import { Sandbox } from "./sandbox";
import { Pilotlight } from "./server";

type Fixtures = {
  /** More of the server's environment. */
  settings: NodeJS.ProcessEnv;
  /** The running server. */
  pilotlight: Pilotlight;
  /** Fate: the sandbox's control API. */
  sandbox: Sandbox;
  /** The browser of one more person. */
  another: () => Promise<Page>;
};

/** What must never be read in a log: tokens, codes, links from mails, secrets. */
const SECRETS = /\/(confirm|reset)\/[\w-]{40}|IGAA\w{12}|EAA\w{20}|AQ[\w-]{60}|sandbox-(instagram|facebook)-secret|(access_token|client_secret)=\w/;

export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  pilotlight: [
    async ({ settings }, use, info) => {
      const server = await Pilotlight.create(settings);
      await server.start();
      await use(server);
      if (info.status !== info.expectedStatus) {
        await info.attach("pilotlight.log", { body: server.log, contentType: "text/plain" });
      }
      await server.dispose();
      expect(server.log.match(SECRETS)?.[0], "a secret in the log").toBeUndefined();
    },
    { auto: true },
  ],
  baseURL: async ({ pilotlight }, use) => use(pilotlight.url),
  sandbox: async ({ pilotlight }, use) => use(new Sandbox(pilotlight.controlUrl)),
  context: async ({ context }, use) => {
    const complaints = listen(context);
    await use(context);
    expect(complaints, "what the browser complained about").toEqual([]);
  },
  another: async ({ browser, baseURL, contextOptions, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL, javaScriptEnabled, locale: "en-GB" });
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect };

/** Collects console errors (content-security-policy violations are such), exceptions and missing assets. */
function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    // An error page is a failed load by design; failed assets are seen below.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text().split("\nStack:")[0]?.trim() ?? "");
    }
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("response", (response) => {
    const asset = ["script", "stylesheet", "image", "font"].includes(response.request().resourceType());
    if (asset && response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

/** Whether this run has JavaScript. */
export function withJavaScript(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Waits until the page is live; without JavaScript it is from the start. */
export async function hydrated(page: Page): Promise<void> {
  if (!withJavaScript()) return;
  // The front page waits for a sign of a person. The script in its head that listens has run once the document is
  // there, not before; and a click may be about to replace this document by the next, which wants a sign of its own.
  const sign = () => page.keyboard.press("Shift");
  const nextDocument = () => void sign().catch(() => {});
  page.on("domcontentloaded", nextDocument);
  try {
    await page.waitForLoadState("domcontentloaded");
    await sign();
    await expect(page.locator("html:is([data-hydrated], [data-lifeless])")).toBeAttached({ timeout: 15_000 });
    expect(await page.locator("html").getAttribute("data-lifeless"), "why the page did not come alive").toBeNull();
  } finally {
    page.off("domcontentloaded", nextDocument);
  }
}

/** Opens a page and waits until it is live. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}
