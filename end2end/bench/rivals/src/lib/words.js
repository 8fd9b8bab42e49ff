// Moments and reasons as people read them: app/src/time.rs and app/src/words. The texts are those of our pages.
import { breaks, cause, cure, death, month, permission, suspension, time, worry } from "../../../../../app/locales/en.json";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MONTHS = Object.values(month);
const NAMES = { instagram: "Instagram", facebook: "Facebook" };

const fill = (text, values) => text.replace(/\{\{ (\w+) \}\}/g, (_, name) => values[name]);
const two = (number) => String(number).padStart(2, "0");

export const platformName = (platform) => NAMES[platform];

/** "23 November 2026" */
export function date(at) {
  const day = new Date(at);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** "23 November 2026, 13:05 UTC" */
export function utc(at) {
  const day = new Date(at);
  return `${date(at)}, ${two(day.getUTCHours())}:${two(day.getUTCMinutes())} UTC`;
}

/** "2026-11-23T13:05:00Z" */
export const machine = (at) => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** "3 days ago", "in 2 hours" */
export function relative(at, now) {
  const span = Math.abs(now - at);
  if (span < MINUTE) return time.now;
  const [unit, size] = span < HOUR ? ["minute", MINUTE] : span < DAY ? ["hour", HOUR] : ["day", DAY];
  const count = Math.floor(span / size);
  const word = count === 1 ? unit : `${unit}s`;
  return fill(at <= now ? time[`${word}_ago`] : time[`in_${word}`], { count });
}

/** All that is to be said of a token: what, and what helps. */
export function news(token) {
  const platform = NAMES[token.platform];
  const { status } = token;
  if (status !== "active") return [{ what: why(status, platform), cure: help(token, platform) }];
  return token.worries.map((told) => ({ what: worried(told, platform), cure: settle(told, token, platform) }));
}

function why({ cause: kind, death: which, kind: suspended, scopes }, platform) {
  if (kind === "dead") return fill(death[which], { platform });
  if (kind === "suspended") return fill(suspension[suspended], { platform });
  if (kind === "not_shared") return fill(cause.not_shared, { platform });
  return scopes.length === 0 ? permission.missing_unnamed : fill(permission.missing, { names: scopes.join(", ") });
}

function help(token, platform) {
  const { cause: kind, death: which, kind: suspended } = token.status;
  if (kind === "dead") {
    const key = which === "app_removed" ? "allow" : which === "page_role_lost" ? "page_role" : "sign_in";
    return fill(cure[key], { platform });
  }
  if (kind === "not_shared") return fill(cure.share, { platform });
  const text = fill(cure[kind === "suspended" ? suspended : "permission"], { platform });
  const ends = [token.expires_at, token.data_access_expires_at].filter((at) => at !== null);
  return ends.length === 0 ? text : `${text} ${fill(cure.until, { date: date(Math.min(...ends)), platform })}`;
}

const worried = ({ kind, why, since }, platform) =>
  fill(worry[kind === "ends" ? why : kind], { platform, date: since && date(since) });

function settle({ kind, why, at, failure }, token, platform) {
  if (kind === "doubted") return null;
  if (failure === "app_fault") return fill(worry.app_fault, { platform });
  if (kind === "unconfirmed") return fill(worry.settle, { platform });
  return fill(token.remedy === "extend" ? worry.refresh : worry.sign_in, { platform, date: date(at) });
}

/** "3 widgets · 2 sites · 140 views a day" */
export function whatBreaks({ widgets, sites, views_per_day: views }) {
  if (widgets === 0) return breaks.none;
  const counted = [[widgets, "widget"], [sites, "site"], [views, "view"]];
  return counted.map(([count, one]) => (count === 1 ? breaks[one] : fill(breaks[`${one}s`], { count }))).join(" · ");
}

/** Whether a person has to do something. */
export const needsSomebody = (token) => token.status !== "active" || token.worries.some(({ kind }) => kind !== "doubted");
