//! What the worker does next for a token, and when.

use chrono::TimeDelta;

use super::facts::{Facts, Question, Suspension, Try};
use super::observe::CONFIRMED_AFTER;
use super::plan::{earliest_extension, next_extension};
use super::status::{Cause, Status, status};
use crate::Moment;

/// Meta does not tell when a token dies and advises to check it at least
/// daily. Source: Meta, "Debugging access tokens and handling errors".
const CHECK_EVERY: TimeDelta = TimeDelta::hours(24);
const FIRST_PROBE: TimeDelta = TimeDelta::hours(1);
const SLOWEST_PROBE: TimeDelta = TimeDelta::hours(24);

/// One thing to do for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask Meta for a longer life.
    Extend,
    /// Use the token once, to see whether it works.
    Check,
    /// The token expires: write that into its history.
    NoteExpiry,
}

/// The next step and its moment, never earlier than `now`. `noted_expiry` is
/// the end that history already tells of. `None` when nothing but a person
/// can help.
pub fn next_step(facts: &Facts, noted_expiry: Option<Moment>, now: Moment) -> Option<(Moment, Step)> {
    match status(facts, now) {
        Status::NotActive(Cause::Dead { since, .. }) => {
            let by_clock = facts.ending.is_none() && noted_expiry != Some(since);
            by_clock.then_some((now, Step::NoteExpiry))
        }
        Status::NotActive(Cause::Suspended { .. } | Cause::NotShared { .. } | Cause::PermissionMissing { .. }) => {
            let probe = (next_probe(facts, now), Step::Check);
            Some(earlier(probe, expiry(facts)))
        }
        Status::Active => {
            let mut next = earlier((next_check(facts, now), Step::Check), expiry(facts));
            next = earlier(next, confirmation(facts, now));
            if let Some(at) = next_extension(facts, now)
                && at <= next.0
            {
                next = (at, Step::Extend);
            }
            Some(next)
        }
    }
}

/// A day after the last good one; sooner, at growing pauses, after a failed one.
fn next_check(facts: &Facts, now: Moment) -> Moment {
    let wanted = match &facts.failed_check {
        Some(failure) => (failure.at + FIRST_PROBE * i32::try_from(failure.count.min(24)).unwrap_or(24))
            .max(failure.not_before.unwrap_or(failure.at)),
        None => facts.last_success_at.unwrap_or(facts.life.issued_at) + CHECK_EVERY,
    };
    wanted.max(now)
}

/// What settles a doubt: the other question, some hours later; once more, at
/// growing pauses, while its answers say nothing. An extension waits for the
/// age that Meta asks for.
fn confirmation(facts: &Facts, now: Moment) -> Option<(Moment, Step)> {
    let doubt = facts.doubt.as_ref()?;
    let (step, tries, possible_from) = match doubt.question {
        Question::Extension => (Step::Check, &facts.failed_check, doubt.since),
        Question::Use => (Step::Extend, &facts.failed_extension, earliest_extension(facts)),
    };
    let first = (doubt.since + CONFIRMED_AFTER).max(possible_from);
    let last = tries.as_ref().filter(|last| last.at >= first);
    let again = |last: &Try| pause_after(last.at - doubt.since, last);
    Some((last.map_or(first, again).max(now), step))
}

fn expiry(facts: &Facts) -> Option<(Moment, Step)> {
    facts.deadline().map(|at| (at, Step::NoteExpiry))
}

fn earlier(a: (Moment, Step), b: Option<(Moment, Step)>) -> (Moment, Step) {
    b.filter(|b| b.0 < a.0).unwrap_or(a)
}

/// A suspended token is probed slowly: after an hour, then at ever longer
/// pauses, at most a day. More calls would prolong a check.
fn next_probe(facts: &Facts, now: Moment) -> Moment {
    let since = facts.suspension.as_ref().map(|Suspension { since, .. }| *since);
    match &facts.failed_check {
        Some(last) if since.is_none_or(|since| since <= last.at) => {
            pause_after(since.map_or(SLOWEST_PROBE, |since| last.at - since), last)
        }
        _ => since.map_or(now + SLOWEST_PROBE, |since| since + FIRST_PROBE),
    }
    .max(now)
}

/// As long as the trouble has lasted when it was last looked at, within bounds.
fn pause_after(lasted: TimeDelta, last: &Try) -> Moment {
    (last.at + lasted.clamp(FIRST_PROBE, SLOWEST_PROBE)).max(last.not_before.unwrap_or(last.at))
}
