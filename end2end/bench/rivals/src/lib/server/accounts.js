// The accounts of a person: backend/src/service/accounts.rs and view.rs.
import { json, moment, prepare, uuid } from "./database.js";
import { accountRemedy, accountStatus, calmUntil, earliestExtension, lifeLine, nextExtension, worries } from "./token.js";

const DAY = 86_400_000;
/** As many entries of a history as a list looks at. */
const LISTED = 20;
/** As many accounts as one page has. */
const ENTRIES = 25;

const accountsOf = prepare(`
  SELECT account.id, account.username, account.name, account.unshared, token.id AS token_id, token.platform,
    token.issued_at, token.expires_at, token.data_access_expires_at, token.ending, token.suspension, token.doubt,
    token.missing_scopes, token.last_success_at, token.failed_extension, token.failed_check
  FROM account JOIN membership ON membership.account_id = account.id JOIN token ON token.id = account.token_id
  WHERE membership.person_id = ? AND instr(lower(account.username || ' ' || account.name), lower(?)) > 0
  ORDER BY NOT (account.apart OR token.needs_from <= ?), account.username, account.id LIMIT ${ENTRIES + 1}`);
const countOf = prepare("SELECT COUNT(*) AS total FROM membership WHERE person_id = ?");
const historiesOf = prepare(`
  SELECT token_id, at, kind ->> 'kind' AS kind, said, times, last_at FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY token_id ORDER BY at DESC, id DESC) AS place FROM history
    WHERE token_id IN (SELECT unhex(value) FROM json_each(?)))
  WHERE place <= ${LISTED} ORDER BY at DESC, id DESC`);
const widgetsOf = prepare(`
  SELECT account_id, COUNT(id) AS widgets FROM widget
  WHERE account_id IN (SELECT unhex(value) FROM json_each(?)) GROUP BY account_id`);
const seenOf = prepare(`
  SELECT widget.account_id, SUM(views) AS views, COUNT(DISTINCT NULLIF(site, '')) AS sites
  FROM view_day JOIN widget ON widget.id = view_day.widget_id
  WHERE widget.account_id IN (SELECT unhex(value) FROM json_each(?)) AND view_day.day >= ?
  GROUP BY widget.account_id`);

/** The first page of this person's accounts: those that need somebody, and then by name. */
export function list(person, search, now) {
  const found = accountsOf().all(person, search, new Date(now).toISOString().replace("Z", "+00:00"));
  const rows = found.slice(0, ENTRIES);
  const ids = (column) => JSON.stringify(rows.map((row) => row[column].toString("hex")));
  const histories = new Map();
  for (const row of historiesOf().all(ids("token_id"))) {
    const token = uuid(row.token_id);
    const entry = { at: moment(row.at), kind: row.kind, said: row.said, times: row.times, lastAt: moment(row.last_at) };
    const known = histories.get(token);
    if (known) known.push(entry);
    else histories.set(token, [entry]);
  }
  const widgets = new Map(widgetsOf().all(ids("id")).map((row) => [uuid(row.account_id), row.widgets]));
  const since = new Date(now - (now % DAY) - 29 * DAY).toISOString().replace(/\.\d+Z$/, "+00:00");
  const seen = new Map(seenOf().all(ids("id"), since).map((row) => [uuid(row.account_id), row]));
  const accounts = rows.map((row) => {
    const id = uuid(row.id);
    const views = seen.get(id);
    return {
      id,
      username: row.username,
      name: row.name,
      token: summary(row, histories.get(uuid(row.token_id)) ?? [], now),
      breaks: {
        widgets: widgets.get(id) ?? 0,
        sites: views?.sites ?? 0,
        views_per_day: views ? Math.ceil(views.views / 30) : 0,
      },
    };
  });
  return { items: accounts, total: countOf().get(person).total, next: found.length > ENTRIES ? accounts.at(-1).id : null };
}

function summary(row, history, now) {
  const facts = {
    platform: row.platform,
    issuedAt: moment(row.issued_at),
    expiresAt: moment(row.expires_at) ?? (row.platform === "instagram" ? moment(row.issued_at) + 60 * DAY : null),
    dataAccessExpiresAt: moment(row.data_access_expires_at),
    ending: json(row.ending),
    suspension: json(row.suspension),
    doubt: json(row.doubt),
    missingScopes: json(row.missing_scopes),
    lastSuccessAt: moment(row.last_success_at),
    failedExtension: tries(row.failed_extension),
    failedCheck: tries(row.failed_check),
  };
  const unshared = json(row.unshared);
  const status = accountStatus(facts, unshared, now);
  const told = worries(facts, now);
  return {
    id: uuid(row.token_id),
    platform: facts.platform,
    status,
    worries: told,
    said: said(status, told, facts, unshared, history),
    last_success_at: facts.lastSuccessAt,
    next_extension: nextExtension(facts, now),
    extendable_from: earliestExtension(facts),
    expires_at: facts.expiresAt,
    data_access_expires_at: facts.dataAccessExpiresAt,
    calm_until: calmUntil(facts),
    remedy: accountRemedy(facts, unshared, now),
    life_line: { ...lifeLine(facts, history, now), lit: status === "active" },
  };
}

function tries(text) {
  const found = json(text);
  return found && { ...found, at: moment(found.at), not_before: moment(found.not_before), since: moment(found.since ?? null) };
}

/** What Meta said when a token stopped working, or when the worry began. */
function said(status, told, facts, unshared, history) {
  switch (status.cause) {
    case "dead":
      return facts.ending?.said ?? null;
    case "suspended":
      return facts.suspension.said;
    case "not_shared":
      return unshared.said;
    case "permission_missing":
      return json(history.find((entry) => entry.kind === "permission_missing")?.said ?? null);
  }
  for (const worry of told) {
    const found =
      worry.kind === "doubted" ? facts.doubt.said
      : worry.kind === "unconfirmed" ? (facts.failedCheck?.said ?? facts.failedExtension?.said)
      : worry.why === "data_access" ? null
      : facts.failedExtension?.said;
    if (found) return found;
  }
  return null;
}
