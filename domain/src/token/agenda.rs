//! What the worker does next for a token, and when.

use chrono::TimeDelta;

use super::facts::{Facts, Suspension};
use super::plan::next_extension;
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

/// The next step and its moment, never earlier than `now`. `noted_until` is
/// the expiry that history already tells of. `None` when nothing but a person
/// can help.
pub fn next_step(facts: &Facts, noted_expiry: Option<Moment>, now: Moment) -> Option<(Moment, Step)> {
    match status(facts, now) {
        Status::NotActive(Cause::Dead { since, .. }) => {
            let by_clock = facts.ending.is_none() && noted_expiry != Some(since);
            by_clock.then_some((now, Step::NoteExpiry))
        }
        Status::NotActive(Cause::Suspended { .. } | Cause::PermissionMissing { .. }) => {
            let probe = (next_probe(facts, now), Step::Check);
            Some(earlier(probe, expiry(facts)))
        }
        Status::Active => {
            let mut next = earlier((next_check(facts, now), Step::Check), expiry(facts));
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
    let wanted = match facts.failed_check {
        Some(failure) => (failure.at + FIRST_PROBE * i32::try_from(failure.count.min(24)).unwrap_or(24))
            .max(failure.not_before.unwrap_or(failure.at)),
        None => facts.last_success_at.unwrap_or(facts.life.issued_at) + CHECK_EVERY,
    };
    wanted.max(now)
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
    let last = facts.failed_check.map(|failure| failure.at).max(since).unwrap_or(now);
    let elapsed = since.map_or(SLOWEST_PROBE, |since| last - since);
    let not_before = facts.failed_check.and_then(|failure| failure.not_before).unwrap_or(last);
    (last + elapsed.clamp(FIRST_PROBE, SLOWEST_PROBE)).max(not_before).max(now)
}
