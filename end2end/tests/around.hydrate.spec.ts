// The page around a widget: how its tools hand on the loader, what it is, and what it forbids.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { paul } from "../support/people";
import { expect, test } from "../support/test";
import { buildWidget, expectFits, pageWith, website } from "../support/widgets";

/** What a visitor's browser complains about, from now on. */
function complaintsOf(visitor: Page): string[] {
  const complaints: string[] = [];
  visitor.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  visitor.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

test("the loader works wherever a website's tools put it", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const loader = await (await page.request.get("/embed.js")).text();
  const widget = `<pilotlight-widget widget="${id}"></pilotlight-widget>`;
  const copy = "/cache/min/1/embed.js";
  const vendor = `<script src="/embed.js"></script>`;
  const ours = `${pilotlight.url}/embed.js`;
  const scripts = {
    [copy]: loader,
    "/embed.js": "window.vendor = 1",
    // Neither ends its last statement.
    "/merged.js": `var before = function () {}\n${loader}\nvar after = function () {}`,
    "/ours.js": loader,
  };
  const text = JSON.stringify(loader);
  const ways: Record<string, string> = {
    "copied by an optimiser": `<script src="${copy}"></script>`,
    "merged with other files": `<script src="/merged.js"></script>`,
    inline: `<script>${loader}</script>`,
    "by eval": `<script>eval(${text})</script>`,
    "as a blob": `<script>{ const s = document.createElement("script");
      s.src = URL.createObjectURL(new Blob([${text}], { type: "text/javascript" })); document.head.append(s); }</script>`,
    "as a module": `<script type="module" src="${ours}"></script>`,
    imported: `<script type="module">import "/ours.js";</script>`,
    deferred: `<script defer src="${ours}"></script>`,
    "injected late": `<script>setTimeout(() => { const s = document.createElement("script"); s.src = "${ours}"; document.head.append(s); }, 300)</script>`,
    twice: `<script src="${ours}"></script><script src="${copy}"></script>`,
    "beside another vendor's": `${vendor}<script async src="${ours}"></script>${vendor}`,
    "beside another vendor's, imported": `${vendor}<script type="module">import "${ours}";</script>`,
  };
  const visitor = await another();
  const complaints = complaintsOf(visitor);
  for (const [way, script] of Object.entries(ways)) {
    const site = await website(`${script}${widget}`, { scripts });
    try {
      await visitor.goto(site.url);
      await expect(visitor.locator("iframe"), way).toHaveCount(1);
      await expectFits(visitor);
      expect(complaints, way).toEqual([]);
    } finally {
      site.close();
    }
  }
});

test("the element may name another installation, and a wrong name is told in one line", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const script = `<script src="${pilotlight.url}/embed.js"></script>`;
  const frame = async (from: string) => {
    const site = await website(`${script}<pilotlight-widget widget="${id}" from="${from}" eager></pilotlight-widget>`);
    const visitor = await another();
    const complaints = complaintsOf(visitor);
    try {
      await visitor.goto(site.url);
      return { src: await visitor.locator("iframe").getAttribute("src"), complaints };
    } finally {
      site.close();
    }
  };
  const other = pilotlight.url.replace("127.0.0.1", "localhost");
  expect((await frame(other)).src).toContain(`${other}/embed/${id}`);
  const wrong = await frame("widgets");
  expect(wrong.src).toContain(`${pilotlight.url}/embed/${id}`);
  expect(wrong.complaints).toEqual(['Pilotlight: from="widgets" is no address.']);
});

test("a page that has no origin holds the frame, and hears how high it is", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const body = `<script src="${pilotlight.url}/embed.js"></script><pilotlight-widget widget="${id}"></pilotlight-widget>`;
  const plain = `<script src="${pilotlight.url}/embed.js"></script>
    <iframe class="pilotlight-widget" src="${pilotlight.url}/embed/${id}" style="width:100%;border:0"></iframe>`;
  const folder = mkdtempSync(join(tmpdir(), "pilotlight-page-"));
  const file = join(folder, "page.html");
  writeFileSync(file, pageWith(body));
  const inSandbox = (html: string, more = "") =>
    `<iframe sandbox="allow-scripts" ${more} style="width:100%;height:900px" srcdoc="${html.replaceAll('"', "&quot;")}"></iframe>`;
  const site = await website(inSandbox(body));
  const nested = await website(inSandbox(plain, 'referrerpolicy="no-referrer"'));
  const whole = await website(body, { headers: { "content-security-policy": "sandbox allow-scripts" } });
  const visitor = await another();
  const complaints = complaintsOf(visitor);
  try {
    const addresses = {
      "from a disk": pathToFileURL(file).href,
      "a data: address": `data:text/html;charset=utf-8,${encodeURIComponent(pageWith(body))}`,
      "a sandbox": site.url,
      "a sandbox with a plain frame": nested.url,
      "a website in a sandbox": whole.url,
    };
    for (const [around, address] of Object.entries(addresses)) {
      await visitor.goto(address);
      await expectFits(visitor);
      const inside = visitor.frames().find((frame) => frame.url().includes("/embed/"));
      const loaded = () => inside?.evaluate(() => [...document.images].some((image) => image.naturalWidth > 0));
      await expect.poll(loaded, around).toBe(true);
      expect(complaints, around).toEqual([]);
    }
  } finally {
    for (const each of [site, nested, whole]) each.close();
    rmSync(folder, { recursive: true });
  }
});

test("a website's policies forbid nothing that a widget needs", async ({ page, another, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const body = `<script src="${pilotlight.url}/embed.js"></script><pilotlight-widget widget="${id}"></pilotlight-widget>`;
  const strict = `default-src 'none'; img-src data:; script-src ${pilotlight.url}; frame-src ${pilotlight.url}; style-src 'none'`;
  const policies: Record<string, Record<string, string>> = {
    "embedder policy": { "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin" },
    credentialless: { "cross-origin-embedder-policy": "credentialless" },
    "no style sheet of its own, no strange script": { "content-security-policy": strict },
    "trusted types": { "content-security-policy": "require-trusted-types-for 'script'; trusted-types 'none'" },
    "no referrer": { "referrer-policy": "no-referrer" },
    "no permission": { "permissions-policy": "fullscreen=(), autoplay=()" },
  };
  const visitor = await another();
  const complaints = complaintsOf(visitor);
  for (const [policy, headers] of Object.entries(policies)) {
    const site = await website(body, { headers, bare: true });
    try {
      await visitor.goto(site.url);
      await expectFits(visitor);
      await expect(visitor.frameLocator("iframe").getByRole("img").first(), policy).toBeVisible();
      expect(complaints, policy).toEqual([]);
    } finally {
      site.close();
    }
  }
});

test("without JavaScript a frame of the right height stands in for the element", async ({ page, browser }) => {
  await buildWidget(page, paul);
  const snippet = (await page.getByRole("region", { name: "With script (recommended)" }).textContent()) ?? "";
  const site = await website(snippet);
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const visitor = await context.newPage();
    await visitor.goto(site.url);
    await expect(visitor.frameLocator("iframe").getByRole("img").first()).toBeVisible();
    const heights = await Promise.all(
      ["iframe", "pilotlight-widget"].map(async (name) => (await visitor.locator(name).boundingBox())?.height),
    );
    expect(heights[0]).toBeGreaterThan(100);
    expect(heights[0]).toBeCloseTo(heights[1] ?? 0, 0);
  } finally {
    await context.close();
    site.close();
  }
});
