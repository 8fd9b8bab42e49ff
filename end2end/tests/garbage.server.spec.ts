// Garbage, oversized, replayed or forged requests get a clear 4xx and change nothing.
import { createHmac } from "node:crypto";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { callbackOf, cardOf, connect, expectStatus, historyOf, paul, signInAs, signUp } from "../support/people";
import { expect, test, visit } from "../support/test";
import { words } from "../support/words";

const form = { "content-type": "application/x-www-form-urlencoded" };

/** The address a form posts to, read off the page. */
async function action(request: APIRequestContext, path: string): Promise<string> {
  const html = await (await request.get(path)).text();
  const form = html.split("<form").find((part) => part.includes('name="email"')) ?? "";
  const found = /action="(\/api\/[^"]+)"/.exec(form);
  expect(found, `no form on ${path}`).not.toBeNull();
  return found?.[1] ?? "";
}

function expectRefused(answer: APIResponse, what: string): void {
  expect.soft(answer.status(), what).toBeGreaterThanOrEqual(400);
  expect.soft(answer.status(), what).toBeLessThan(500);
}

test("a one-megabyte e-mail field", async ({ request }) => {
  for (const page of ["/login", "/signup"]) {
    const address = await action(request, page);
    const answer = await request.post(address, {
      headers: form,
      data: `email=${"a".repeat(1_000_000)}%40example.com&password=correct+horse+battery&next=`,
      maxRedirects: 0,
    });
    expectRefused(answer, page);
    expect((await answer.body()).length).toBeLessThan(50_000);
  }
});

test("ten megabytes", async ({ request }) => {
  const address = await action(request, "/login");
  const post = (bytes: number) =>
    request.post(address, { headers: form, data: `email=${"a".repeat(bytes)}`, maxRedirects: 0 });
  expect((await post(100_000)).status()).toBe(413);
  // The server need not listen to the end: it may hang up while the rest is still being sent.
  const status = await post(10_000_000).then(
    (answer) => answer.status(),
    (error: Error) => error.message,
  );
  expect(String(status)).toMatch(/413|EPIPE|ECONNRESET/);
  expect((await request.get("/healthz")).status()).toBe(200);
});

test("invalid UTF-8, missing fields, foreign content types", async ({ request }) => {
  const address = await action(request, "/login");
  const bodies: [string, Buffer, Record<string, string>][] = [
    ["invalid UTF-8", Buffer.from("email=%FF%FE%80&password=%C3%28&next=", "latin1"), form],
    ["raw bytes", Buffer.from([0x65, 0x3d, 0xff, 0xfe, 0x00]), form],
    ["nothing", Buffer.alloc(0), form],
    ["JSON", Buffer.from('{"email":"a@example.com"}'), { "content-type": "application/json" }],
  ];
  for (const [what, data, headers] of bodies) {
    expectRefused(await request.post(address, { headers, data, maxRedirects: 0 }), what);
  }
  for (const path of ["/%FF%FE", "/login?next=%FF", "/accounts/%00", "/..%2f..%2fetc%2fpasswd", "/pkg/..%2f..%2fCargo.toml"]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect.soft(answer.status(), path).toBeLessThan(500);
    expect(await answer.text(), path).not.toContain("[workspace]");
  }
});

test("a form that another site sends is refused", async ({ request }) => {
  const answer = await request.post(await action(request, "/signup"), {
    headers: { ...form, origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    data: "email=victim%40example.com&password=correct+horse+battery&next=",
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
});

test("a login never leads to another site", async ({ page }) => {
  await signUp(page);
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    const html = await (await page.request.get(`/login?next=${encodeURIComponent(next)}`)).text();
    expect(html).not.toContain('evil.example"');
  }
});

test("what does not exist is a designed 404", async ({ page }) => {
  await signUp(page);
  for (const path of ["/nothing-here", "/accounts/garbage", "/accounts/0192f0c1-2345-7890-abcd-0123456789ab"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: words("missing.heading") })).toBeVisible();
    await expect(page.getByRole("link", { name: words("missing.home") })).toBeVisible();
  }
  for (const path of ["/auth/myspace/start?for=login", "/auth/instagram/nonsense", "/api/nonsense", "/meta/instagram/nonsense"]) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(404);
  }
});

test("somebody else's account is a 404 and never a 403", async ({ page, another }) => {
  await signUp(page);
  await connect(page, paul);
  await visit(page, "/accounts");
  const mine = await cardOf(page, "paul").getByRole("link", { name: "@paul", exact: true }).getAttribute("href");
  const id = mine?.split("/").pop() ?? "";
  expect(id).toMatch(/^[0-9a-f-]{36}$/);

  const other = await another();
  await signUp(other);
  const unknown = "0192f0c1-2345-7890-abcd-0123456789ab";
  for (const account of [id, unknown]) {
    const shown = await other.goto(`/accounts/${account}`);
    expect(shown?.status(), account).toBe(404);
    const repair = await other.request.get(`/auth/instagram/start?refresh=${account}`, { maxRedirects: 0 });
    expect(repair.status(), account).toBe(404);
  }
});

test("a login begins for one known purpose only", async ({ request }) => {
  for (const query of ["", "for=evil", "for=login&refresh=0192f0c1-2345-7890-abcd-0123456789ab", "refresh=1", "for=login&for=connect"]) {
    expectRefused(await request.get(`/auth/instagram/start?${query}`, { maxRedirects: 0 }), query);
  }
});

test("connecting and repairing need somebody who is signed in", async ({ request }) => {
  const answer = await request.get("/auth/instagram/start?for=connect", { maxRedirects: 0 });
  expect([302, 303, 307, 401]).toContain(answer.status());
  expect(answer.headers()["location"] ?? "/login").toContain("/login");
});

test("a forged signed_request changes nothing", async ({ page }) => {
  await signInAs(page, paul);
  const encode = (data: string | Buffer) => Buffer.from(data).toString("base64url");
  const payload = encode(JSON.stringify({ user_id: "27640875392278831", algorithm: "HMAC-SHA256", issued_at: 1 }));
  const sign = (key: string, body: string) => encode(createHmac("sha256", key).update(body).digest());
  const none = encode(JSON.stringify({ user_id: "27640875392278831", algorithm: "none" }));
  const forged = [
    "",
    "garbage",
    "a.b.c",
    `${sign("wrong secret", payload)}.${payload}`,
    `.${payload}`,
    `${sign("", none)}.${none}`,
    `${sign("wrong secret", "x")}.${encode(Buffer.from([0xff, 0xfe]))}`,
    "x".repeat(500_000),
  ];
  for (const platform of ["instagram", "facebook"]) {
    for (const kind of ["deauthorize", "data-deletion"]) {
      for (const signed of forged) {
        const answer = await page.request.post(`/meta/${platform}/${kind}`, {
          headers: form,
          data: new URLSearchParams({ signed_request: signed }).toString(),
        });
        expectRefused(answer, `${platform} ${kind} ${signed.slice(0, 20)}`);
      }
      expectRefused(await page.request.post(`/meta/${platform}/${kind}`, { headers: form, data: "" }), "no field");
    }
  }
  await visit(page, "/access-token");
  await expectStatus(page, "ACTIVE");
  await expect(historyOf(page).getByRole("listitem")).toHaveCount(1);
});

test("a page carries the headers that keep it safe, and assets are kept for ever", async ({ request }) => {
  const answer = await request.get("/login");
  const policy = answer.headers()["content-security-policy"] ?? "";
  for (const rule of ["default-src 'self'", "'nonce-", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toContain("unsafe-inline");
  expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
  expect(answer.headers()["referrer-policy"]).toBeTruthy();
  const html = await answer.text();
  const assets = [...html.matchAll(/(?:href|src)="(\/pkg\/[^"]+)"/g)].map((match) => match[1] ?? "");
  expect(assets.length).toBeGreaterThanOrEqual(2);
  for (const asset of new Set(assets)) {
    const file = await request.get(asset);
    expect(file.status(), asset).toBe(200);
    expect(file.headers()["cache-control"], asset).toContain("immutable");
  }
});

test("a session cookie cannot be read by scripts, and callbacks leave no secret in the address", async ({ page }) => {
  await visit(page, await callbackOf(page.request, "for=login", paul));
  const session = (await page.context().cookies()).find((cookie) => cookie.name.includes("session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(page.url()).not.toMatch(/code=|state=/);
});

test("health", async ({ request }) => {
  expect((await request.get("/healthz")).status()).toBe(200);
  expect((await request.get("/readyz")).status()).toBe(200);
});
