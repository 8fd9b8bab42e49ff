// What leaves the server with every page.
import { paul, signInAs } from "../support/people";
import { expect, test } from "../support/test";

test("pages are compressed, but not where an address could ask for secrets beside it", async ({ page, request }) => {
  const encoding = async (path: string) => (await page.request.get(path)).headers()["content-encoding"];
  for (const path of ["/", "/login", "/login?next=/accounts", "/nothing-here"]) {
    expect(await encoding(path), path).toMatch(/br|gzip/);
  }
  await signInAs(page, paul);
  expect(await encoding("/accounts")).toMatch(/br|gzip/);
  expect(await encoding("/accounts?sort=impact")).toBeUndefined();
  // What is not a page is left alone.
  expect((await request.get("/healthz")).headers()["content-encoding"]).toBeUndefined();
});

test("what keeps pages from coming alive is counted, in one line and without a word about anybody", async ({ pilotlight, request }) => {
  const tell = (data: string) => request.post("/page-trouble", { data, headers: { "content-type": "text/plain" } });
  for (const kind of ["changed", "panic", "file", "old"]) expect((await tell(kind)).status()).toBe(204);
  for (const other of ["", "else", "panic ".repeat(100), "<script>"]) expect((await tell(other)).status()).toBe(400);
  const lines = pilotlight.log.split("\n").filter((line) => line.includes("did not come alive"));
  expect(lines).toHaveLength(1);
});
