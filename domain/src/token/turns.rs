//! The moments at which a token turns by itself, should nothing change. A list
//! of many tokens is counted and sorted by them, without looking at each.

use chrono::DateTime;

use super::facts::Facts;
use super::outlook::{needs_somebody, thresholds};
use super::plan::next_extension;
use super::status::status;
use crate::Moment;

/// What a token is has been so since ever, as far as a list is concerned.
const ALWAYS: Moment = DateTime::UNIX_EPOCH;

/// From when on what is true of a token, until its facts change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turns {
    /// From when on a person has to do something. Every token comes there: what
    /// nobody confirms is doubted in the end.
    pub needs_from: Moment,
    /// From when on it is NOT ACTIVE; `None` without a known end.
    pub dark_from: Option<Moment>,
    /// When it is extended next, by itself.
    pub extends_at: Option<Moment>,
}

/// The turns of a token whose facts were written at `now`.
pub fn turns(facts: &Facts, now: Moment) -> Turns {
    let mut moments = thresholds(facts);
    moments.push(ALWAYS);
    moments.sort_unstable();
    let first = |holds: &dyn Fn(Moment) -> bool| moments.iter().copied().find(|at| holds(*at));
    Turns {
        needs_from: first(&|at| needs_somebody(facts, at)).unwrap_or(ALWAYS),
        dark_from: first(&|at| !status(facts, at).is_active()),
        extends_at: next_extension(facts, now),
    }
}
