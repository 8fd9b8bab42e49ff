// A website of somebody else loads a widget: place kept, nothing jumps, nobody else is asked, nothing complains.
import type { Page } from "@playwright/test";
import { best, mallory, paul } from "../support/people";
import { expect, test, visit } from "../support/test";
import { buildWidget, expectFits, website } from "../support/widgets";

/** The layout shifts of a page and its frames so far. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = window as unknown as { shifts: number };
    seen.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  return async () => {
    const sums = await Promise.all(page.frames().map((frame) => frame.evaluate(() => (window as unknown as { shifts: number }).shifts)));
    return sums.reduce((sum, value) => sum + value, 0);
  };
}

/** The requests that left for neither the website nor Pilotlight. */
function strangers(page: Page, known: string[]): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && !known.some((origin) => url.startsWith(origin))) asked.push(url);
  });
  return asked;
}

const frameOf = (page: Page) => page.locator("iframe").first();

async function heightOf(page: Page): Promise<number> {
  return (await frameOf(page).boundingBox())?.height ?? 0;
}

test("the embed code keeps the place free: no shift, no stranger, no complaint", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const snippet = (await page.getByRole("region", { name: "With script (recommended)" }).textContent()) ?? "";
  expect(snippet).toContain(id);
  const site = await website(`<h1>A shop</h1>${snippet}<p id="below">Below the widget</p>`);
  const visitor = await another();
  const complaints: string[] = [];
  visitor.on("console", (message) => complaints.push(message.text()));
  visitor.on("pageerror", (error) => complaints.push(String(error)));
  try {
    for (const width of [390, 700, 1280]) {
      await visitor.setViewportSize({ width, height: 900 });
      const shifts = await watchShifts(visitor);
      const asked = strangers(visitor, [site.url, pilotlight.url]);
      await visitor.goto(site.url, { waitUntil: "networkidle" });
      await expect(visitor.frameLocator("iframe").getByRole("img").first()).toBeVisible();
      await expect(frameOf(visitor)).toHaveAttribute("title", /.+/);
      await expectFits(visitor);
      expect(await shifts(), `${width} pixels`).toBeLessThan(0.001);
      expect(asked).toEqual([]);
    }
    expect(complaints).toEqual([]);
    expect(await visitor.context().cookies()).toEqual([]);
  } finally {
    site.close();
  }
});

test("the old service's snippet works with the addresses changed", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const site = await website(
    `<script src="${pilotlight.url}/embed.js"></script><iframe src="${pilotlight.url}/embed/${id}" scrolling="no"
     allowtransparency="true" class="lightwidget-widget" style="width:100%;border:0;overflow:hidden;"></iframe>`,
  );
  const visitor = await another();
  try {
    await visitor.goto(site.url);
    await expectFits(visitor);
  } finally {
    site.close();
  }
});

test("a site that keeps the old service's script and changes the frame's address alone gets its size messages", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  // As such scripts do: the message is a JSON string whose `size` is the height in pixels.
  const site = await website(
    `<script>addEventListener("message", (event) => {
       const { size } = JSON.parse(event.data);
       for (const frame of document.querySelectorAll(".lightwidget-widget")) {
         if (frame.contentWindow === event.source) frame.style.height = size + "px";
       }
     });</script>
     <iframe src="${pilotlight.url}/embed/${id}" class="lightwidget-widget" style="width:100%;border:0"></iframe>`,
  );
  const visitor = await another();
  try {
    await visitor.goto(site.url);
    await expectFits(visitor);
  } finally {
    site.close();
  }
});

test("messages of strangers move nothing", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const site = await website(
    `<script src="${pilotlight.url}/embed.js"></script><pilotlight-widget widget="${id}"></pilotlight-widget>`,
  );
  const visitor = await another();
  try {
    await visitor.goto(site.url);
    await expectFits(visitor);
    const before = await heightOf(visitor);
    await visitor.evaluate(() => window.postMessage(JSON.stringify({ size: 9999 }), "*"));
    await visitor.evaluate(() => window.postMessage("nonsense", "*"));
    expect(await heightOf(visitor)).toBe(before);
  } finally {
    site.close();
  }
});

test("a site that is not named may not embed the widget", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  await page.getByLabel("Websites that may show it").fill("https://shop.example");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(async () => (await page.request.get(`/embed/${id}`)).headers()["content-security-policy"]).toContain(
    "frame-ancestors https://shop.example",
  );
  const feed = (origin: string) => page.request.get(`/api/v1/widgets/${id}/feed`, { headers: { origin } });
  expect((await feed("https://shop.example")).headers()["access-control-allow-origin"]).toBe("https://shop.example");
  expect((await feed("https://evil.example")).headers()["access-control-allow-origin"]).toBeUndefined();
  const site = await website(`<iframe title="x" src="${pilotlight.url}/embed/${id}"></iframe>`);
  const visitor = await another();
  try {
    await visitor.goto(site.url);
    await expect(visitor.frameLocator("iframe").getByRole("img")).toHaveCount(0);
  } finally {
    site.close();
  }
});

test("views are counted by website", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const site = await website(`<iframe title="x" src="${pilotlight.url}/embed/${id}"></iframe>`);
  const visitor = await another();
  try {
    await visitor.goto(site.url, { waitUntil: "networkidle" });
  } finally {
    site.close();
  }
  await expect(async () => {
    await visit(page, `/widgets/${id}`);
    await expect(page.getByText("localhost", { exact: false }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});

test("a preview's frame is as high as the widget", async ({ page }) => {
  await visit(page, "/");
  const frame = page.locator('iframe[title="Preview of the widget"]');
  await expect(frame.contentFrame().getByRole("img").first()).toBeVisible();
  const room = () =>
    frame.evaluate((frame: HTMLIFrameElement) => frame.clientHeight - (frame.contentDocument?.body.offsetHeight ?? 0));
  // At most a fraction of a pixel is free; a widget higher than the screen scrolls.
  await expect.poll(room).toBeLessThanOrEqual(1);
});

test("hostile captions are text and nothing else", async ({ page, pilotlight }) => {
  const id = await buildWidget(page, mallory);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`${pilotlight.url}/embed/${id}`);
  await expect(page.getByRole("listitem").first()).toBeVisible();
  for (const link of await page.getByRole("link").all()) {
    expect(await link.getAttribute("href")).toMatch(/^https:\/\/(www\.)?instagram\.com\//);
  }
  expect(dialogs).toEqual([]);
});

test("the lightbox opens, moves on and closes with the keyboard", async ({ page, pilotlight }) => {
  const id = await buildWidget(page, best);
  await page.getByLabel("A click on a post").selectOption("lightbox");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(async () => (await page.request.get(`/embed/${id}`)).text()).toContain("<dialog");
  await page.goto(`${pilotlight.url}/embed/${id}`);
  await page.getByRole("listitem").first().getByRole("link").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("listitem").first().getByRole("link")).toBeFocused();
});

test("the refresh queue moves while one watches", async ({ page, sandbox }) => {
  await buildWidget(page, paul);
  await visit(page, "/access-token");
  const queue = page.getByRole("region", { name: "Refresh queue" });
  await sandbox.fault("html502", { endpoints: ["media"] });
  await sandbox.passDays(0.1);
  // No reload: the page hears of it.
  await expect(queue.getByText("did not answer", { exact: false }).first()).toBeVisible({ timeout: 15_000 });
});
