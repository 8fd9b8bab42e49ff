// What a live page adds. That every page comes alive at all is proved in scenes.hydrate.spec.ts.
import { paul, signInAs } from "../support/people";
import { expect, test, visit } from "../support/test";

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
