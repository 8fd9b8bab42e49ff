//! When a token is extended: many spaced tries from half-life on, never one
//! shot at the edge.

use chrono::TimeDelta;

use super::facts::{Facts, Try};
use super::status::status;
use crate::Moment;

/// Meta extends a token only when it is at least 24 hours old.
/// Source: Meta, "Refresh access token" reference.
pub const MIN_AGE: TimeDelta = TimeDelta::hours(24);

/// The tries of a plan that people are shown; more would not be read.
const MOST_SHOWN: usize = 40;
/// So many answers that moved nothing show that Meta will not extend this
/// string: one may be a slip, and each comes days after the one before.
const MOVED_NOTHING_ENOUGH: u32 = 3;
/// Then asking is a formality, also past the last safe moment.
const FORMALITY_PAUSE: TimeDelta = TimeDelta::days(1);
const SHORTEST_PAUSE: TimeDelta = TimeDelta::minutes(15);
const LONGEST_PAUSE: TimeDelta = TimeDelta::days(3);
const LONGEST_MARGIN: TimeDelta = TimeDelta::days(2);
/// How often a token without a known end is extended all the same.
const UNKNOWN_END_PERIOD: TimeDelta = TimeDelta::days(30);

/// From when on Meta would extend this string.
pub fn earliest_extension(facts: &Facts) -> Moment {
    facts.life.issued_at + MIN_AGE
}

/// The moment by which an extension must have worked so that a person still
/// has time to step in: two days before the expiry (a tenth of the life for
/// short ones). `None` when the token has no known end or cannot reach the age
/// for an extension before it.
pub fn last_safe_moment(facts: &Facts) -> Option<Moment> {
    let expires_at = facts.life.expires_at?;
    let margin = ((expires_at - facts.life.issued_at) / 10).clamp(TimeDelta::zero(), LONGEST_MARGIN);
    Some(expires_at - margin).filter(|moment| *moment > earliest_extension(facts))
}

/// Whether Meta has answered often enough without making the life longer. Only
/// a person can help then.
pub fn moves_nothing(facts: &Facts) -> bool {
    facts.failed_extension.as_ref().is_some_and(|tries| tries.moved_nothing >= MOVED_NOTHING_ENOUGH)
}

/// When the next extension will be tried; never earlier than `now`. `None`
/// for a token that is not active, and for one that cannot be extended in time.
pub fn next_extension(facts: &Facts, now: Moment) -> Option<Moment> {
    if !status(facts, now).is_active() {
        return None;
    }
    let Some(expires_at) = facts.life.expires_at else {
        let wanted = facts.life.issued_at + UNKNOWN_END_PERIOD;
        let after_failure = facts.failed_extension.as_ref().map(|failure| failure.at + LONGEST_PAUSE);
        return Some(after_failure.map_or(wanted, |at| at.max(wanted)).max(now));
    };
    let last_safe = last_safe_moment(facts)?;
    let half_life = facts.life.issued_at + (expires_at - facts.life.issued_at) / 2;
    let wanted = match &facts.failed_extension {
        Some(failure) if moves_nothing(facts) => failure.at + LONGEST_PAUSE,
        Some(failure) => after_failure(failure.at, expires_at).max(failure.not_before.unwrap_or(failure.at)),
        None => half_life,
    };
    let wanted = wanted.max(half_life).max(earliest_extension(facts));
    if now < last_safe {
        return Some(wanted.min(last_safe).max(now));
    }
    // Past the last safe moment every quarter of an hour counts.
    let pause = if moves_nothing(facts) { FORMALITY_PAUSE } else { SHORTEST_PAUSE };
    let hurried = facts.failed_extension.as_ref().map_or(now, |failure| failure.at + pause);
    Some(hurried.max(now)).filter(|at| *at < expires_at)
}

/// The pauses shrink with the life that is left, so a month of failures still
/// leaves tries for the end.
fn after_failure(failed_at: Moment, expires_at: Moment) -> Moment {
    failed_at + ((expires_at - failed_at) / 10).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
}

/// The next try and the ones after it, should each fail, up to the last safe
/// moment; past that, up to the end.
pub fn plan(facts: &Facts, now: Moment) -> Vec<Moment> {
    let Some(last_safe) = last_safe_moment(facts) else {
        return next_extension(facts, now).into_iter().collect();
    };
    let until = if now < last_safe { Some(last_safe) } else { facts.life.expires_at };
    let mut tries = Vec::new();
    let mut imagined = facts.clone();
    let mut at = now;
    while let Some(next) = next_extension(&imagined, at) {
        if tries.len() == MOST_SHOWN || Some(next) > until || tries.last() == Some(&next) {
            break;
        }
        tries.push(next);
        imagined.failed_extension = Some(imagined_failure(imagined.failed_extension, next));
        at = next;
    }
    tries
}

fn imagined_failure(before: Option<Try>, at: Moment) -> Try {
    match before {
        Some(before) => Try { at, not_before: None, ..before },
        None => Try { at, count: 1, not_before: None, since: Some(at), failure: None, moved_nothing: 0, said: None },
    }
}
