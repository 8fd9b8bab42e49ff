// Lighthouse on the front page and on a website that embeds a widget.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { paul } from "../support/people";
import { test } from "../support/test";
import { buildWidget, website } from "../support/widgets";
import { keep, type Value } from "./measure";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const goals = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

/** Does not block: the website is served by this process. */
async function lighthouse(name: string, url: string): Promise<Value[]> {
  const report = here(`../../target/bench/lighthouse-${name}.report`);
  await promisify(execFile)(
    here("node_modules/.bin/lighthouse"),
    [
      url,
      "--quiet",
      "--output=json",
      `--output-path=${report}`,
      "--no-enable-error-reporting",
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync",
    ],
    { env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" } },
  );
  const { categories } = JSON.parse(readFileSync(report, "utf8")) as {
    categories: Record<string, { score: number }>;
  };
  return Object.entries(goals).map(([category, least]) => ({
    name: `lighthouse: ${category} of ${name}`,
    value: Math.round((categories[category]?.score ?? 0) * 100),
    unit: "points",
    goal: { least },
  }));
}

test("lighthouse", async ({ page, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const site = await website(
    `<h1>Our bakery</h1><p>Fresh every morning.</p>
     <script async src="${pilotlight.url}/embed.js"></script>
     <style>pilotlight-widget{display:block;height:calc(100vw - 16px);max-height:700px}</style>
     <pilotlight-widget widget="${id}" title="Our posts on Instagram"></pilotlight-widget>`,
  );
  try {
    const front = await lighthouse("front-page", `${pilotlight.url}/`);
    keep("lighthouse", [...front, ...(await lighthouse("embedding-page", site.url))]);
  } finally {
    site.close();
  }
});
