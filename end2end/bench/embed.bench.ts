// What a website loads: how fast it is answered beside nginx, how many bytes it has, what it costs in memory.
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { paul } from "../support/people";
import { Pilotlight } from "../support/server";
import { test } from "../support/test";
import { buildWidget } from "../support/widgets";
import { background, keep, median, type Value, wrk } from "./measure";

/** Served in turns, so that both meet the same machine. */
const TURNS = 5;
const SECONDS = 3;

test.use({ viewport: { width: 360, height: 800 }, deviceScaleFactor: 2 });

test("requests beside nginx", async ({ page, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const ours = `${pilotlight.url}/embed/${id}`;
  // Without a decoder in between: these are the bytes that travel.
  const answer = await fetch(ours, { headers: { "accept-encoding": "br" } });
  const html = Buffer.from(await answer.arrayBuffer());
  const nginx = await serveStatic(html, answer.headers.get("content-type") ?? "text/html");
  const values: Value[] = [];
  try {
    for (const connections of [1, 16, 64]) {
      const ratios: number[] = [];
      wrk(ours, connections, 1);
      wrk(nginx.url, connections, 1);
      for (let turn = 0; turn < TURNS; turn++) {
        const theirs = wrk(nginx.url, connections, SECONDS);
        ratios.push(wrk(ours, connections, SECONDS) / theirs);
      }
      const name = `embed: requests per second as a share of nginx, ${connections} connections`;
      values.push({ name, value: median(ratios), unit: "ratio", goal: { least: 0.6 } });
    }
  } finally {
    nginx.stop();
  }
  keep("nginx", values);
});

test("bytes of a 3 × 3 widget on a phone", async ({ page, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const pictures: number[] = [];
  let html = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  // The page with the settings has shown the same pictures.
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) === "Document") html = encodedDataLength;
    else if (kinds.get(requestId) === "Image") pictures.push(encodedDataLength);
  });
  await page.goto(`${pilotlight.url}/embed/${id}`, { waitUntil: "networkidle" });
  const sum = pictures.reduce((sum, bytes) => sum + bytes, 0);
  if (pictures.length !== 9) throw new Error(`nine pictures, not ${pictures.length}`);
  keep("bytes", [
    { name: "embed: 3 × 3 without pictures, as it travels", value: html / 1024, unit: "KB", goal: { most: 8 } },
    { name: "embed: 3 × 3 with pictures, as it travels", value: (html + sum) / 1024, unit: "KB", goal: { most: 150 } },
  ]);
});

test("memory with 1,000 hot widgets", async ({ page, pilotlight }) => {
  await buildWidget(page, paul);
  const before = pilotlight.memory() ?? Number.NaN;
  const ids = await manyWidgets(page, pilotlight, 1000);
  for (const id of ids) {
    const answer = await fetch(`${pilotlight.url}/embed/${id}`, { headers: { "accept-encoding": "br" } });
    if (!answer.ok) throw new Error(`${id}: ${answer.status}`);
    await answer.arrayBuffer();
  }
  const after = pilotlight.memory() ?? Number.NaN;
  keep("memory", [
    { name: "server: memory with 1 widget", value: before, unit: "MB", goal: { most: 128 } },
    { name: "server: memory with 1,000 hot widgets", value: after, unit: "MB", goal: { most: 256 } },
  ]);
});

/** Makes widgets of the person who is signed in through the form's own address, as a browser would. */
async function manyWidgets(page: Page, pilotlight: Pilotlight, count: number): Promise<string[]> {
  await page.goto("/widgets/new");
  const fields = await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>("form[action*='widget/create']");
    return form ? [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]) : [];
  });
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const answer = await page.request.post(`${pilotlight.url}/api/widget/create`, {
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      data: new URLSearchParams(fields).toString(),
    });
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await answer.text())?.[0];
    if (!id) throw new Error("no id in the answer");
    ids.push(id);
  }
  return ids;
}

/** The same bytes as a static file, compressed already, from nginx. */
async function serveStatic(body: Buffer, type: string): Promise<{ url: string; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "pilotlight-nginx-"));
  const port = 20_000 + Math.floor(Math.random() * 5_000);
  writeFileSync(join(folder, "widget"), body);
  const config = `
    worker_processes auto; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 1024; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; open_file_cache max=10;
      client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c;
      uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
      server {
        listen 127.0.0.1:${port}; root ${folder};
        location / { default_type "${type}"; add_header Content-Encoding br; add_header Vary Accept-Encoding; }
      }
    }`;
  writeFileSync(join(folder, "nginx.conf"), config);
  // Its workers are another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const { stop } = background("nginx", ["-c", join(folder, "nginx.conf"), "-p", folder]);
  const url = `http://127.0.0.1:${port}/widget`;
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(url, { headers: { "accept-encoding": "identity" } }).then((answer) => answer.status === 200, () => false);
    if (up) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  stop();
  throw new Error("nginx did not come up");
}
