// People who look after many accounts. Nobody can click that often, so the rows are copied from an account that was
// connected: each copy with a token, a history and a widget of its own.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Pilotlight } from "../support/server";

type Row = Record<string, unknown>;
type Statement = { get: (...values: unknown[]) => Row; run: (...values: unknown[]) => void };
type Database = { prepare: (sql: string) => Statement; exec: (sql: string) => void; close: () => void };

/** The rival's package; Node.js has none of its own yet. */
const Sqlite: new (file: string) => Database = createRequire(new URL("rivals/package.json", import.meta.url))("better-sqlite3");

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The file that the server works on. */
export const database = (pilotlight: Pilotlight): string => join(pilotlight.dataDir, "pilotlight.db");

/** Gives somebody so many accounts. There must be one with a widget already; whose it is does not matter. */
export function crowd(pilotlight: Pilotlight, email: string, count: number): void {
  const db = new Sqlite(database(pilotlight));
  const first = (table: string, filter = "true", ...values: unknown[]) =>
    db.prepare(`SELECT * FROM ${table} WHERE ${filter} LIMIT 1`).get(...values);
  const add = (table: string, row: Row) => {
    const names = Object.keys(row);
    const places = names.map(() => "?").join(", ");
    db.prepare(`INSERT INTO "${table}" ("${names.join('", "')}") VALUES (${places})`).run(...Object.values(row));
  };
  const person = first("person", "email = ?", email)["id"];
  const widget = first("widget");
  const account = first("account", "id = ?", widget["account_id"]);
  const token = first("token", "id = ?", account["token_id"]);
  db.exec("BEGIN IMMEDIATE");
  for (let number = 0; number < count; number++) {
    const life = lifeOf(number, Date.now());
    const [tokenId, accountId, widgetId] = [id(), id(), id()];
    add("token", { ...token, ...life.token, id: tokenId, meta_user_id: randomUUID() });
    for (const entry of life.history) add("history", { ...entry, id: id(), token_id: tokenId });
    const name = `shop.number.${String(number).padStart(4, "0")}`;
    const names = { instagram_id: randomUUID(), username: name, name: `Shop Number ${number}` };
    add("account", { ...account, ...names, id: accountId, token_id: tokenId });
    add("membership", { person_id: person, account_id: accountId, role: "developer", created_at: stored(Date.now()) });
    add("widget", { ...widget, id: widgetId, account_id: accountId, next_rebuild_at: stored(Date.now() + DAY) });
    for (const day of [1, 2, 3]) {
      const midnight = stored(Math.floor(Date.now() / DAY - day) * DAY);
      add("view_day", { widget_id: widgetId, day: midnight, site: `www.shop-${number}.example`, views: 100 + number });
    }
  }
  db.exec("COMMIT");
  db.close();
}

/** A year with an extension every 30 days. Of ten tokens one is dead, and one has failed tries behind it. */
function lifeOf(number: number, now: number): { token: Row; history: Row[] } {
  const dead = number % 10 === 3;
  const failing = number % 10 === 7;
  const issued = now - (failing ? 36 : 2 + (number % 24)) * DAY;
  const history = Array.from({ length: 12 }, (_, back) => {
    const at = issued - back * 30 * DAY;
    const kind = back === 11 ? "connected" : "extended";
    return told(at, kind, { expires_at: written(at + 60 * DAY) });
  });
  const end = { death: "password_changed", at: written(now - DAY), said: SAID };
  const tries = { at: written(now - 2 * DAY), count: 3, not_before: null, since: written(now - 6 * DAY), failure: "unavailable" };
  if (dead) history.push({ ...told(now - DAY, "ended", { death: end.death }), said: JSON.stringify(SAID) });
  if (failing) {
    const failed = told(now - 6 * DAY, "extension_failed", { failure: tries.failure });
    history.push({ ...failed, times: tries.count, last_at: stored(now - 2 * DAY) });
  }
  const token = {
    issued_at: stored(issued),
    expires_at: stored(issued + 60 * DAY),
    ending: dead ? JSON.stringify(end) : null,
    failed_extension: failing ? JSON.stringify({ ...tries, moved_nothing: 0, said: null }) : null,
    last_success_at: stored(now - (dead ? 2 * DAY : 5 * HOUR)),
    // What lists are sorted by.
    needs_from: stored(dead ? 0 : issued + 58 * DAY),
    dark_from: stored(dead ? 0 : issued + 60 * DAY),
    extends_at: dead ? null : stored(failing ? now + DAY : issued + 30 * DAY),
    // Nothing is due while it is measured.
    next_step_at: dead ? null : stored(now + DAY),
  };
  return { token, history };
}

const SAID = {
  code: 190,
  subcode: 460,
  message:
    "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
};

function told(at: number, kind: string, values: Row): Row {
  return {
    at: stored(at),
    kind: JSON.stringify({ ...values, kind }),
    kind_key: "death" in values ? `${kind}:${values["death"]}` : kind,
    trigger: kind === "connected" ? "connect" : "schedule",
    recorded_at: stored(at),
  };
}

const id = () => Buffer.from(randomUUID().replaceAll("-", ""), "hex");
/** A moment as JSON has it, and as a column has it. */
const written = (at: number) => new Date(at).toISOString();
const stored = (at: number) => written(at).replace("Z", "+00:00");
