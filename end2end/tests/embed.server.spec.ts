// What websites and their servers are answered: compression, validation, sharing, and no more than that.
import { paul } from "../support/people";
import { expect, test } from "../support/test";
import { buildWidget } from "../support/widgets";

test("an embed is compressed, can be revalidated and sets nothing", async ({ page, request }) => {
  const id = await buildWidget(page, paul);
  for (const encoding of ["br", "gzip", "identity"]) {
    const answer = await request.get(`/embed/${id}`, { headers: { "accept-encoding": encoding } });
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-encoding"] ?? "identity").toBe(encoding);
    expect(answer.headers()["vary"]?.toLowerCase()).toContain("accept-encoding");
    expect(answer.headers()["cache-control"]).toContain("stale-while-revalidate");
    expect(answer.headers()["set-cookie"]).toBeUndefined();
    const etag = answer.headers()["etag"] ?? "";
    expect(etag).toMatch(/^".+"$/);
    const again = await request.get(`/embed/${id}`, { headers: { "accept-encoding": encoding, "if-none-match": etag } });
    expect(again.status()).toBe(304);
  }
});

test("nothing that an embed loads comes from Meta, and pictures never change", async ({ page, request, pilotlight }) => {
  const id = await buildWidget(page, paul);
  const html = await (await request.get(`/embed/${id}`)).text();
  const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(addresses.length).toBeGreaterThan(9);
  for (const address of addresses) expect(address).toMatch(/^(\/media\/|https:\/\/www\.instagram\.com\/)/);
  expect(html).not.toContain(pilotlight.metaUrl);
  const picture = /\/media\/[0-9a-f]{64}-\d+\.webp/.exec(html)?.[0] ?? "";
  const answer = await request.get(picture);
  expect(answer.headers()["content-type"]).toBe("image/webp");
  expect(answer.headers()["cache-control"]).toContain("immutable");
});

test("the feed as data tells the same, without a token or a signed address", async ({ page, request }) => {
  const id = await buildWidget(page, paul);
  const answer = await request.get(`/api/v1/widgets/${id}/feed`, { headers: { origin: "https://anybody.example" } });
  expect(answer.headers()["access-control-allow-origin"]).toBe("*");
  const text = await answer.text();
  const feed = JSON.parse(text) as { username: string; posts: { pictures: { sources: { url: string }[] }[] }[] };
  expect(feed.username).toBe("paul");
  expect(feed.posts).toHaveLength(12);
  expect(feed.posts[0]?.pictures[0]?.sources[0]?.url).toContain("/media/");
  expect(text).not.toMatch(/IGAA|oh=|oe=|access_token/);
});

test("an embed goes on while the token is dead, and is there after a restart", async ({ page, request, pilotlight, sandbox }) => {
  const id = await buildWidget(page, paul);
  const before = await (await request.get(`/embed/${id}`)).text();
  await sandbox.happen("paul", "remove");
  await sandbox.passDays(2);
  await pilotlight.stop();
  await pilotlight.start();
  await expect.poll(async () => (await (await request.get(`/embed/${id}`)).text()).includes("/media/")).toBe(true);
  expect(await (await request.get(`/embed/${id}`)).text()).toBe(before);
});

test("settings outside their range are 422 with the field's path", async ({ page, request }) => {
  const id = await buildWidget(page, paul);
  const answer = await page.request.post("/api/widget/save", {
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    data: new URLSearchParams({ widget: id, "settings[desktop.columns]": "99" }).toString(),
  });
  expect(answer.status()).toBe(422);
  expect(await answer.text()).toContain("desktop.columns");
  const stranger = await request.post("/api/widget/save", {
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded", cookie: "" },
    data: new URLSearchParams({ widget: id, "settings[desktop.columns]": "3" }).toString(),
  });
  expect([401, 404]).toContain(stranger.status());
});
