// Widgets: making one, and websites that embed it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Locator, Page } from "@playwright/test";
import { eventually, type Somebody, signInAs } from "./people";
import { expect, hydrated, visit } from "./test";

/** Signs in, makes a widget of the first account and waits until it is built. Returns its id. */
export async function buildWidget(page: Page, who: Somebody): Promise<string> {
  await signInAs(page, who);
  return createWidget(page);
}

/** Makes a widget as it is offered and waits until it is built. Returns its id. */
export async function createWidget(page: Page): Promise<string> {
  await visit(page, "/widgets/new");
  await page.getByRole("button", { name: "Create widget" }).click();
  await expect(page).toHaveURL(/\/widgets\/[0-9a-f-]{36}/);
  await hydrated(page);
  const id = /\/widgets\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
  await built(page);
  return id;
}

/** Waits until a widget's frame, wherever it stands, is as high as what is in it. */
export async function expectFits(page: Page): Promise<void> {
  await expect.poll(async () => {
    // Looked up each time: the loader may not have made the frame yet, or be about to load it.
    const inside = page.frames().find((frame) => frame.url().includes("/embed/"));
    const wanted = (await inside?.evaluate(() => document.documentElement.getBoundingClientRect().height)) ?? 0;
    const height = (await (await inside?.frameElement())?.boundingBox())?.height ?? 0;
    return wanted > 50 && Math.abs(height - wanted) <= 1.5;
  }).toBe(true);
}

/** Waits until the widget on this page was rebuilt. */
export async function built(page: Page): Promise<void> {
  await eventually(page, () => expect(queueOf(page).getByText(/^Rebuilt/).first()).toBeVisible({ timeout: 1_000 }));
}

/** The section "Refresh queue". */
export function queueOf(page: Page): Locator {
  return page.getByRole("region", { name: "Refresh queue" });
}

/** What a website of somebody else has besides one page. */
type More = {
  /** What its server says with every answer. */
  headers?: Record<string, string>;
  /** Its scripts, by path. */
  scripts?: Record<string, string>;
  /** Without a style sheet of its own, which its policy may forbid. */
  bare?: boolean;
};

/** A page with this in it. */
export function pageWith(body: string, bare = false): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="A shop.">
    <link rel="icon" href="data:,">${bare ? "" : "<style>body{margin:8px;font-family:Georgia,serif}</style>"}
    </head><body><main>${body}</main></body></html>`;
}

/** A website of somebody else, on another origin. */
export async function website(body: string, more: More = {}): Promise<{ url: string; close: () => void }> {
  const html = pageWith(body, more.bare);
  const server = createServer((request, answer) => {
    const path = request.url ?? "/";
    const script = more.scripts?.[path];
    answer.statusCode = path === "/" || script !== undefined ? 200 : 404;
    for (const [name, value] of Object.entries(more.headers ?? {})) answer.setHeader(name, value);
    answer.setHeader("content-type", script === undefined ? "text/html; charset=utf-8" : "text/javascript");
    answer.end(script ?? (path === "/" ? html : ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => void server.close() };
}
