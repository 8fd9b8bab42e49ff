// What a page costs the server: beside the same page rendered by SvelteKit (rivals/README.md), and with many accounts.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { connect, paul, signUp } from "../support/people";
import type { Pilotlight } from "../support/server";
import { test } from "../support/test";
import { createWidget } from "../support/widgets";
import { crowd, database } from "./crowd";
import { background, keep, median, type Value, wrk } from "./measure";

/** Served in turns, so that both meet the same machine. */
const TURNS = 5;
const SECONDS = 2;
const CONNECTIONS = [1, 8, 32];
const ACCOUNTS = 50;
const CROWDS = [3, 300, 3000];

/** Where a page is, and who asks for it. */
type Asked = { path: string; cookie?: string };

// As an installation logs that is in use.
test.use({ settings: { PILOTLIGHT_LOG: "info" } });

test("pages beside SvelteKit", async ({ page, pilotlight }) => {
  await oneAccount(page);
  const cookie = await somebody(page, pilotlight, ACCOUNTS);
  const sveltekit = await rival(pilotlight);
  const values: Value[] = [];
  const bytes: Value[] = [];
  try {
    for (const asked of [{ path: "/accounts", cookie }, { path: "/access-token" }, { path: "/" }] satisfies Asked[]) {
      const [ours, theirs] = [await size(pilotlight.url, asked), await size(sveltekit.url, asked)];
      const apart = { value: Math.max(ours, theirs) / Math.min(ours, theirs), unit: "ratio", goal: { most: 1.1 } };
      bytes.push({ name: `pages: bytes of ${asked.path}, the larger of ours and SvelteKit's beside the smaller`, ...apart });
      for (const connections of CONNECTIONS) {
        const value = beside(pilotlight.url, sveltekit.url, asked, connections);
        const name = `pages: requests per second for ${asked.path} beside SvelteKit, ${connections} connections`;
        values.push({ name, value, unit: "ratio", goal: { least: 2 } });
      }
    }
  } finally {
    sveltekit.stop();
  }
  keep("pages", [...values, ...bytes]);
});

test("bytes of a page with 50 accounts", async ({ page, pilotlight }) => {
  await oneAccount(page);
  const cookie = await somebody(page, pilotlight, ACCOUNTS);
  const value = (await size(pilotlight.url, { path: "/accounts", cookie })) / 1024;
  keep("pages-bytes", [{ name: "pages: /accounts with 50 accounts", value, unit: "KB", goal: { most: 120 } }]);
});

test("pages with many accounts", async ({ page, pilotlight }) => {
  await oneAccount(page);
  const people: string[] = [];
  for (const count of CROWDS) people.push(await somebody(page, pilotlight, count));
  const values: Value[] = [];
  for (const path of ["/accounts", "/dashboard", "/widgets"]) {
    const times: number[][] = CROWDS.map(() => []);
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [place, cookie] of people.entries()) times[place]?.push(time(pilotlight.url, { path, cookie }));
    }
    const [least = Number.NaN, ...more] = times.map(median);
    for (const [place, took] of more.entries()) {
      const name = `pages: answer time of ${path}, ${CROWDS[place + 1]} accounts beside ${CROWDS[0]}`;
      values.push({ name, value: took / least, unit: "ratio", goal: { most: 2 } });
    }
  }
  keep("pages-many", values);
});

/** Requests per second of ours as a multiple of theirs. Uncompressed: theirs compresses nothing. */
function beside(ours: string, theirs: string, { path, cookie = "" }: Asked, connections: number): number {
  const measure = (server: string) => wrk(`${server}${path}`, connections, SECONDS, `Cookie: ${cookie}`);
  const ratios: number[] = [];
  measure(ours);
  measure(theirs);
  for (let turn = 0; turn < TURNS; turn++) ratios.push(measure(ours) / measure(theirs));
  return median(ratios);
}

/** The account that all others are copied from. */
async function oneAccount(page: Page): Promise<void> {
  await signUp(page);
  await connect(page, paul);
  await createWidget(page);
}

/** Somebody new with so many accounts. Returns the cookie of their browser. */
async function somebody(page: Page, pilotlight: Pilotlight, accounts: number): Promise<string> {
  await page.context().clearCookies();
  crowd(pilotlight, await signUp(page), accounts);
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function get(server: string, { path, cookie = "" }: Asked): Promise<string> {
  const answer = await fetch(`${server}${path}`, { headers: { cookie, "accept-encoding": "identity" }, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

/** The bytes of a page, before anything compresses it. */
async function size(server: string, asked: Asked): Promise<number> {
  return Buffer.byteLength(await get(server, asked));
}

/** The seconds that an answer takes when nobody else asks. */
function time(server: string, { path, cookie = "" }: Asked): number {
  // Of a page that takes longer than it is measured, no answer is seen.
  return 1 / Math.max(wrk(`${server}${path}`, 1, SECONDS, `Cookie: ${cookie}`), 1 / SECONDS);
}

/** The SvelteKit app on the same database. */
async function rival(pilotlight: Pilotlight): Promise<{ url: string; stop: () => void }> {
  const cwd = fileURLToPath(new URL("rivals/", import.meta.url));
  if (!existsSync(`${cwd}build/index.js`)) throw new Error("the rival is not built: scripts/rivals.sh");
  const port = 25_000 + Math.floor(Math.random() * 5_000);
  const url = `http://127.0.0.1:${port}`;
  const about = { NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port), ORIGIN: url };
  const env = { ...process.env, ...about, DATABASE: database(pilotlight) };
  const { stop } = background(process.execPath, ["serve.js"], { cwd, env });
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(url).then((answer) => answer.ok, () => false);
    if (up) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  stop();
  throw new Error("the rival did not come up");
}
