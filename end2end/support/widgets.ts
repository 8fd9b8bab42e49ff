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

/** Waits until the widget on this page was rebuilt. */
export async function built(page: Page): Promise<void> {
  await eventually(page, () => expect(queueOf(page).getByText(/^Rebuilt/).first()).toBeVisible({ timeout: 1_000 }));
}

/** The section "Refresh queue". */
export function queueOf(page: Page): Locator {
  return page.getByRole("region", { name: "Refresh queue" });
}

/** A website of somebody else, on another origin. */
export async function website(body: string): Promise<{ url: string; close: () => void }> {
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="A shop.">
    <link rel="icon" href="data:,"><style>body{margin:8px;font-family:Georgia,serif}</style></head><body><main>${body}</main></body></html>`;
  const server = createServer((request, answer) => {
    answer.statusCode = request.url === "/" ? 200 : 404;
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(answer.statusCode === 200 ? html : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => void server.close() };
}
