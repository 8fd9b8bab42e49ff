// Somebody else's ids, at every door: nothing is told and nothing changes. The server's tests see to it that no server
// function is missing here.
import type { APIRequestContext } from "@playwright/test";
import { mallory, paul, signInAs } from "../support/people";
import { expect, test } from "../support/test";
import { buildWidget } from "../support/widgets";

type Ids = { account: string; widget: string; session: string; [setting: `settings[${string}]`]: string };

/** Takes an id, and is refused with a strange one. */
const REFUSED = [
  "account/disconnect",
  "person/ask-again",
  "person/change-password",
  "person/unlink",
  "preview/generate",
  "queue/mine",
  "session/revoke",
  "token/of-account",
  "token/refresh",
  "widget/create",
  "widget/delete",
  "widget/get",
  "widget/rebuild",
  "widget/save",
];
/** Answers of one's own things, whatever it is asked. */
const OWN = [
  "account/choice",
  "account/list",
  "account/overview",
  "person/change-address",
  "person/leave",
  "person/save-settings",
  "person/settings",
  "person/stay",
  "preview/look",
  "session/current",
  "session/list",
  "session/revoke-others",
  "token/mine",
  "widget/list",
];
/** Needs a link from a mail, whoever asks. */
const LINKS = ["person/behind-link", "person/confirm-address", "person/reset-password"];
/** Belongs to nobody. */
const OPEN = ["deletion/status", "person/forgot-password", "session/log-in", "session/log-out", "session/sign-up", "theme/set"];

async function call(request: APIRequestContext, name: string, { account, widget, session, ...settings }: Ids) {
  const typed = { email: "mallory@example.com", secret: "a good password", old: "guessed", new: "a good password", confirm: "a good password" };
  const link = { purpose: "reset", link: "guessed", password: "a good password" };
  const form = { account, widget, session, seen: "", code: "guessed", ...typed, ...link, ...settings };
  return request.post(`/api/${name}`, { form, headers: { accept: "application/json" } });
}

async function idsOf(request: APIRequestContext, widget: string): Promise<Ids> {
  const ids = async (name: string) => {
    const told = (await (await call(request, name, { account: "", widget: "", session: "" })).json()) as unknown;
    const list = (Array.isArray(told) ? told : (told as { items: unknown }).items) as { id: string }[];
    return list[0]?.id ?? "";
  };
  return { account: await ids("account/list"), widget, session: await ids("session/list") };
}

test("nobody reads or changes what is somebody else's, whatever ids they send", async ({ page, another }) => {
  const widget = await buildWidget(page, paul);
  const ids = await idsOf(page.request, widget);
  const known = Object.values(ids);
  for (const id of known) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const typed = page.locator("form", { has: page.getByLabel("Title") }).first();
  const settings: Record<string, string> = await typed.evaluate((form) => {
    const fields = [...new FormData(form as HTMLFormElement)].filter(([name]) => name.startsWith("settings"));
    return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]));
  });
  settings["settings[title]"] = "Mallory was here";
  const forged = { ...settings, ...ids };
  const paulSees = async () => (await call(page.request, "widget/get", ids)).json() as Promise<{ settings: unknown }>;
  const before = await paulSees();

  const stranger = await another();
  await signInAs(stranger, mallory);
  for (const name of [...REFUSED, ...LINKS]) {
    const answer = await call(stranger.request, name, forged);
    expect(answer.status(), name).toBe(404);
  }
  for (const name of OWN) {
    const answer = await call(stranger.request, name, forged);
    expect(answer.status(), name).toBe(200);
    const text = await answer.text();
    for (const id of known) expect(text, name).not.toContain(id);
    expect(text, name).not.toContain(paul.username);
  }
  for (const path of [
    `/accounts/${ids.account}`,
    `/widgets/${ids.widget}`,
    `/preview/${ids.account}`,
    `/auth/instagram/start?refresh=${ids.account}`,
  ]) {
    const answer = await stranger.request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain(paul.username);
  }

  // Signed out it is the same.
  await call(stranger.request, "session/log-out", ids);
  for (const name of [...REFUSED, ...OWN, ...LINKS]) {
    const answer = await call(stranger.request, name, forged);
    if (LINKS.includes(name)) expect(answer.status(), name).toBe(404);
    if (REFUSED.includes(name)) expect(answer.status(), name).toBe(401);
    const text = await answer.text();
    for (const id of known) expect(text, name).not.toContain(id);
  }

  expect((await paulSees()).settings).toEqual(before.settings);
  expect(await idsOf(page.request, widget)).toEqual(ids);
  expect(new Set([...REFUSED, ...OWN, ...LINKS, ...OPEN]).size).toBe(
    REFUSED.length + OWN.length + LINKS.length + OPEN.length,
  );
});
