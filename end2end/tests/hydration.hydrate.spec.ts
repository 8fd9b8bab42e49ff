// Every page comes alive without a complaint: the `page` fixture fails the test on console errors and violations
// of the content security policy.
import { paul, signInAs } from "../support/people";
import { scenes } from "../support/pages";
import { expect, hydrated, test, visit } from "../support/test";

for (const scene of scenes) {
  test(`${scene.name} hydrates`, async ({ page, sandbox }) => {
    const warnings: string[] = [];
    page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
    await scene.open(page, sandbox);
    await page.reload();
    await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(warnings.filter((warning) => /hydrat|panick/i.test(warning))).toEqual([]);
  });
}

test("moving between pages loads no document", async ({ page }) => {
  await signInAs(page, paul);
  await visit(page, "/access-token");
  let documents = 0;
  page.on("request", (request) => request.resourceType() === "document" && documents++);
  await page.getByRole("navigation").getByRole("link", { name: "Instagram accounts" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Instagram accounts" })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "My access token" }).click();
  await expect(page.getByRole("region", { name: "Access token status" })).toBeVisible();
  expect(documents).toBe(0);
});

test("a page says that there is no connection", async ({ page, context }) => {
  await signInAs(page, paul);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.", { exact: false })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("You are offline.", { exact: false })).toHaveCount(0);
});
