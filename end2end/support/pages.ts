// Every page of the product in a state worth looking at.
import type { Page } from "@playwright/test";
import { connect, eventually, fiona, forget, linkIn, logOut, paul, seoul, signInAs, signUp } from "./people";
import type { Sandbox } from "./sandbox";
import { expect, visit } from "./test";
import { buildWidget, createWidget } from "./widgets";
import { words } from "./words";

/** A page to look at: its name, and how to get there. */
export type Scene = { name: string; open: (page: Page, sandbox: Sandbox) => Promise<void> };

const at = (path: string) => (page: Page) => visit(page, path);

async function agency(page: Page, sandbox: Sandbox): Promise<void> {
  await signUp(page, "agency@example.com");
  await connect(page, paul);
  await connect(page, seoul);
  await connect(page, fiona);
  await sandbox.happen("paul", "password");
  await sandbox.passDays(1.1);
  await visit(page, "/accounts");
  await eventually(page, () => expect(page.getByText("NOT ACTIVE").first()).toBeVisible({ timeout: 1_000 }));
}

export const scenes: Scene[] = [
  { name: "home", open: at("/") },
  { name: "login", open: at("/login") },
  {
    name: "login-refused",
    open: async (page) => {
      await visit(page, "/login");
      await page.getByLabel("Email").fill("ann@example.com");
      await page.getByLabel("Password").fill("wrong password");
      await page.getByRole("main").getByRole("button", { name: "Log in", exact: true }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  { name: "signup", open: at("/signup") },
  { name: "access-token-signed-out", open: at("/access-token") },
  { name: "not-found", open: at("/nothing-here") },
  { name: "trouble-denied", open: at("/auth/trouble/denied?platform=instagram&again=for=login") },
  {
    name: "trouble-wrong-account",
    open: at("/auth/trouble/wrong-account?platform=instagram&expected=paul&found=best.of.instagram&again=for=login"),
  },
  {
    name: "trouble-missing-permission",
    open: at("/auth/trouble/missing-permission?platform=facebook&missing=instagram_basic,pages_show_list&again=for=login"),
  },
  { name: "trouble-meta-down", open: at("/auth/trouble/meta-down?platform=instagram&again=for=login") },
  {
    name: "empty-accounts",
    open: async (page) => {
      await signUp(page);
      await visit(page, "/accounts");
    },
  },
  {
    name: "empty-dashboard",
    open: async (page) => {
      await signUp(page);
      await visit(page, "/dashboard");
    },
  },
  {
    name: "access-token-active",
    open: async (page, sandbox) => {
      await signInAs(page, paul);
      await sandbox.passDays(31);
      await eventually(page, () => expect(page.getByText("Extended", { exact: true }).first()).toBeVisible({ timeout: 1_000 }));
      await sandbox.passDays(12);
      await visit(page, "/access-token");
    },
  },
  {
    name: "access-token-not-active",
    open: async (page, sandbox) => {
      await signInAs(page, paul);
      await sandbox.happen("paul", "password");
      await sandbox.passDays(9);
      await eventually(page, () => expect(page.getByText("NOT ACTIVE").first()).toBeVisible({ timeout: 1_000 }));
      await visit(page, "/access-token");
    },
  },
  {
    name: "access-token-healed",
    open: async (page, sandbox) => {
      await signInAs(page, paul);
      await logOut(page);
      await sandbox.passDays(70);
      await signInAs(page, paul);
    },
  },
  {
    name: "home-signed-in",
    open: async (page) => {
      await signInAs(page, paul);
      await visit(page, "/");
      await page.getByRole("button", { name: "Preview", exact: true }).click();
      await expect(page).toHaveURL(/account=/);
      await expect(page.frameLocator('iframe[title="Preview of the widget"]').getByRole("img").first()).toBeVisible();
    },
  },
  {
    name: "home-not-active",
    open: async (page, sandbox) => {
      await buildWidget(page, paul);
      await sandbox.happen("paul", "password");
      await visit(page, "/");
      await page.getByRole("button", { name: "Preview", exact: true }).click();
      await expect(page.getByText("The access token of @paul is not active.")).toBeVisible();
    },
  },
  {
    name: "empty-widgets",
    open: async (page) => {
      await signInAs(page, paul);
      await visit(page, "/widgets");
    },
  },
  {
    name: "widgets",
    open: async (page, sandbox) => {
      await buildWidget(page, paul);
      await createWidget(page);
      await sandbox.happen("paul", "password");
      await sandbox.passDays(0.2);
      await visit(page, "/widgets");
      await eventually(page, () => expect(page.getByText("NOT ACTIVE").first()).toBeVisible({ timeout: 1_000 }));
    },
  },
  {
    name: "widget-new",
    open: async (page) => {
      await buildWidget(page, seoul);
      await visit(page, "/widgets/new");
    },
  },
  {
    name: "widget",
    open: async (page) => {
      const id = await buildWidget(page, paul);
      await page.request.get(`/embed/${id}`);
      await expect(page.frameLocator('iframe[title="Preview of the widget"]').getByRole("img").first()).toBeVisible();
    },
  },
  { name: "accounts", open: agency },
  {
    name: "dashboard",
    open: async (page, sandbox) => {
      await agency(page, sandbox);
      await visit(page, "/dashboard");
    },
  },
  {
    name: "account",
    open: async (page, sandbox) => {
      await agency(page, sandbox);
      await page.getByRole("link", { name: "@field.garden", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: "@field.garden" })).toBeVisible();
    },
  },
  {
    name: "sessions",
    open: async (page) => {
      await signUp(page);
      await visit(page, "/sessions");
    },
  },
  { name: "forgot", open: at("/forgot") },
  {
    name: "settings",
    open: async (page) => {
      await signUp(page);
      await connect(page, paul);
      await visit(page, "/settings");
    },
  },
  {
    name: "settings-leaving",
    open: async (page) => {
      await signInAs(page, seoul);
      await visit(page, "/settings");
      await page.getByText(words("person.leave_open"), { exact: true }).click();
      await page.getByRole("button", { name: words("person.leave_submit") }).click();
      await expect(page.getByRole("button", { name: words("person.stay") })).toBeVisible();
    },
  },
  {
    name: "confirm",
    open: async (page, sandbox) => {
      const email = await signUp(page);
      await visit(page, linkIn(await sandbox.mail(email, words("mail.confirm"))));
    },
  },
  {
    name: "reset",
    open: async (page, sandbox) => {
      const email = await signUp(page);
      await logOut(page);
      await forget(page, email);
      await visit(page, linkIn(await sandbox.mail(email, words("mail.reset"))));
    },
  },
  { name: "link-useless", open: at("/reset/nothing") },
  {
    name: "deletion",
    open: async (page, sandbox) => {
      await signInAs(page, paul);
      const answer = await sandbox.send("paul", "data-deletion");
      await visit(page, (JSON.parse(answer.body) as { url: string }).url);
    },
  },
];
