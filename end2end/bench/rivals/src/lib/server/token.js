// The rules of domain/src/token: status, worries, remedy, plan and life line. Moments are milliseconds.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SHORTEST_PAUSE = 15 * MINUTE;
const LONGEST_PAUSE = 3 * DAY;
const DATA_ACCESS_NOTICE = 14 * DAY;

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
const earliest = (...moments) => moments.reduce((a, b) => (b === null || (a !== null && a <= b) ? a : b), null);

export const earliestExtension = (facts) => facts.issuedAt + DAY;

function lastSafeMoment({ issuedAt, expiresAt }) {
  if (expiresAt === null) return null;
  const moment = expiresAt - clamp((expiresAt - issuedAt) / 10, 0, 2 * DAY);
  return moment > issuedAt + DAY ? moment : null;
}

/** "active", or why not and since when. The earliest end wins. */
function statusOf(facts, now) {
  const ends = [];
  if (facts.ending) ends.push({ since: Date.parse(facts.ending.at), death: facts.ending.death });
  if (facts.expiresAt !== null && facts.expiresAt <= now) ends.push({ since: facts.expiresAt, death: "expired" });
  if (facts.dataAccessExpiresAt !== null && facts.dataAccessExpiresAt <= now) {
    ends.push({ since: facts.dataAccessExpiresAt, death: "data_access_expired" });
  }
  if (ends.length > 0) return { cause: "dead", ...ends.reduce((a, b) => (b.since < a.since ? b : a)) };
  if (facts.suspension) {
    return { cause: "suspended", kind: facts.suspension.kind, since: Date.parse(facts.suspension.since) };
  }
  if (facts.missingScopes.length > 0) return { cause: "permission_missing", scopes: facts.missingScopes, since: null };
  return "active";
}

export function accountStatus(facts, unshared, now) {
  const status = statusOf(facts, now);
  if (status !== "active" || !unshared?.confirmed) return status;
  return { cause: "not_shared", since: Date.parse(unshared.since) };
}

const movesNothing = (facts) => (facts.failedExtension?.moved_nothing ?? 0) >= 3;

/** What is to be said of a token that is active, the nearest end first. */
export function worries(facts, now) {
  if (statusOf(facts, now) !== "active") return [];
  const found = [];
  const why = facts.expiresAt === null ? null : foreseen(facts, now);
  if (why) found.push({ kind: "ends", at: facts.expiresAt, ...why });
  const dataAccess = facts.dataAccessExpiresAt;
  if (dataAccess !== null && dataAccess - DATA_ACCESS_NOTICE <= now) {
    found.push({ kind: "ends", at: dataAccess, why: "data_access" });
  }
  found.sort((a, b) => a.at - b.at);
  const since = facts.lastSuccessAt ?? facts.issuedAt;
  const failed = facts.failedCheck;
  if (since + (failed ? 3 : 14) * DAY <= now) {
    found.push({ kind: "unconfirmed", since, failure: failed ? (failed.failure ?? "unclear") : null });
  }
  if (facts.doubt) found.push({ kind: "doubted", since: Date.parse(facts.doubt.since) });
  return found;
}

function foreseen(facts, now) {
  const lastSafe = lastSafeMoment(facts);
  if (lastSafe === null) return { why: "too_short" };
  if (movesNothing(facts)) return { why: "moves_nothing" };
  const tries = facts.failedExtension;
  const forLong = tries && tries.count >= 3 && tries.since !== null && tries.since + 14 * DAY <= now;
  return forLong || lastSafe <= now ? { why: "not_extended", failure: tries?.failure ?? null } : null;
}

/** Until when there is nothing to say, should nothing change. */
export function calmUntil(facts) {
  const life = facts.expiresAt === null ? null : (lastSafeMoment(facts) ?? facts.issuedAt);
  return earliest(life, facts.dataAccessExpiresAt === null ? null : facts.dataAccessExpiresAt - DATA_ACCESS_NOTICE);
}

/** "extend", or how the consent page is opened. */
export function accountRemedy(facts, unshared, now) {
  const status = accountStatus(facts, unshared, now);
  if (status === "active") {
    const told = worries(facts, now);
    if (told.some(({ why }) => why === "data_access")) return { consent: "renew_data_access" };
    const inVain = ({ kind, why, since, failure }) =>
      kind === "ends" ? why !== "not_extended" || facts.failedExtension !== null
      : kind === "unconfirmed" && failure !== null && since + 14 * DAY <= now;
    if (told.some(inVain)) return { consent: "plain" };
    return facts.expiresAt !== null && earliestExtension(facts) <= now ? "extend" : { consent: "plain" };
  }
  if (status.cause === "not_shared") return { consent: "ask_again" };
  if (facts.platform === "facebook" && status.cause === "permission_missing") return { consent: "ask_again" };
  if (facts.platform === "facebook" && status.death === "data_access_expired") return { consent: "renew_data_access" };
  return { consent: "plain" };
}

export function nextExtension(facts, now, failed = facts.failedExtension) {
  if (statusOf(facts, now) !== "active") return null;
  const { issuedAt, expiresAt } = facts;
  if (expiresAt === null) return Math.max(issuedAt + 30 * DAY, failed ? failed.at + LONGEST_PAUSE : 0, now);
  const lastSafe = lastSafeMoment(facts);
  if (lastSafe === null) return null;
  const vain = movesNothing(facts);
  const halfLife = issuedAt + Math.floor((expiresAt - issuedAt) / 2);
  const retry =
    !failed ? halfLife
    : vain ? failed.at + LONGEST_PAUSE
    : Math.max(failed.at + clamp((expiresAt - failed.at) / 10, SHORTEST_PAUSE, LONGEST_PAUSE), failed.not_before ?? failed.at);
  const wanted = Math.max(retry, halfLife, issuedAt + DAY);
  if (now < lastSafe) return Math.max(Math.min(wanted, lastSafe), now);
  const hurried = Math.max(failed ? failed.at + (vain ? DAY : SHORTEST_PAUSE) : now, now);
  return hurried < expiresAt ? hurried : null;
}

/** The next try and the ones after it, should each fail. */
function plan(facts, now) {
  const lastSafe = lastSafeMoment(facts);
  if (lastSafe === null) return [nextExtension(facts, now)].filter((at) => at !== null);
  const until = now < lastSafe ? lastSafe : facts.expiresAt;
  const tries = [];
  let failed = facts.failedExtension;
  let at = now;
  for (;;) {
    const next = nextExtension(facts, at, failed);
    if (next === null || tries.length === 40 || next > until || tries.at(-1) === next) return tries;
    tries.push(next);
    failed = { ...failed, at: next, not_before: null };
    at = next;
  }
}

const MARKS = {
  connected: "issued",
  reauthorised: "issued",
  extended: "extended",
  recovered: "extended",
  extension_failed: "failed",
  ended: "ended",
  suspended: "ended",
  permission_missing: "ended",
};

/** The picture of a life; the planned tries are one mark, the next. */
export function lifeLine(facts, history, now) {
  const start = facts.issuedAt;
  const marks = [{ at: start, kind: "issued", times: 1 }];
  for (const { at, kind, times, lastAt } of history) {
    const mark = MARKS[kind];
    if (mark && at > start) marks.push({ at, kind: mark, times: 1 });
    if (mark && times !== null && lastAt !== null && lastAt > start) marks.push({ at: lastAt, kind: mark, times: times - 1 });
  }
  const planned = plan(facts, now);
  if (planned.length > 0) marks.push({ at: planned[0], kind: "planned", times: planned.length });
  const lastSafe = statusOf(facts, now) === "active" ? lastSafeMoment(facts) : null;
  if (lastSafe !== null) marks.push({ at: lastSafe, kind: "last_safe", times: 1 });
  const deadline = earliest(facts.expiresAt, facts.dataAccessExpiresAt);
  if (deadline !== null) marks.push({ at: deadline, kind: "expiry", times: 1 });
  marks.sort((a, b) => a.at - b.at);
  return { start, end: Math.max(marks.at(-1).at, now), now, marks };
}
