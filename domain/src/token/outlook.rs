//! What is to be said of a token that is alive: why it will not stay so, or
//! why that is not sure.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::facts::{Facts, Failure};
use super::plan::{last_safe_moment, moves_nothing};
use super::status::status;
use crate::Moment;

/// Checks are made daily. One missed check is an hour of trouble at Meta, two
/// may be a bad day; after three nobody should read "ACTIVE" without a warning.
pub const UNCONFIRMED_AFTER: TimeDelta = TimeDelta::days(3);
/// Without any failed check nobody asked, because no worker ran. The last
/// successful check tells that as well; after a fortnight it has to be said.
const UNASKED_AFTER: TimeDelta = TimeDelta::days(14);
/// Extensions that have failed for so long, and so often, will hardly work
/// later. Begun at half-life, that is two weeks before the last safe moment.
const FAILING_FOR: TimeDelta = TimeDelta::days(14);
const FAILING_OFTEN: u32 = 3;
/// Nothing but a sign-in moves the end of data access, so it is foreseen from
/// the first day. People are told in time for a holiday.
const DATA_ACCESS_NOTICE: TimeDelta = TimeDelta::days(14);

/// One thing that a living token gives reason to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Worry {
    /// It ends then, and nothing that goes on by itself is likely to change that.
    Ends {
        /// The end.
        at: Moment,
        /// Why it is foreseen.
        why: Foreseen,
    },
    /// For some days nothing has shown that it works.
    Unconfirmed {
        /// When something last did.
        since: Moment,
        /// What the last check met; `None` when none was made.
        failure: Option<Failure>,
    },
    /// Meta refused it for no reason we know; a second answer decides.
    Doubted {
        /// When.
        since: Moment,
    },
}

/// Why an end is foreseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreseen {
    /// Meta answers extensions, and the life does not get longer.
    MovesNothing,
    /// The last safe moment is over, or extensions have failed for weeks.
    NotExtended {
        /// What the last extension met; `None` when none was tried.
        failure: Option<Failure>,
    },
    /// It dies before it is old enough for an extension.
    TooShort,
    /// Facebook's second deadline, which no extension moves.
    DataAccess,
}

impl Worry {
    /// Whether a person has to do something. A doubt is settled by asking.
    pub const fn needs_somebody(&self) -> bool {
        !matches!(self, Self::Doubted { .. })
    }
}

/// What is to be said of a token that is ACTIVE, the nearest end first; of one
/// that is not, the status says it.
pub fn worries(facts: &Facts, now: Moment) -> Vec<Worry> {
    if !status(facts, now).is_active() {
        return Vec::new();
    }
    let life = facts.life.expires_at.zip(foreseen(facts, now));
    let data_access = facts.life.data_access_expires_at.filter(|at| *at - DATA_ACCESS_NOTICE <= now);
    let mut ends: Vec<_> = life.into_iter().chain(data_access.map(|at| (at, Foreseen::DataAccess))).collect();
    ends.sort_by_key(|(at, _)| *at);
    let ends = ends.into_iter().map(|(at, why)| Worry::Ends { at, why });
    let doubted = facts.doubt.as_ref().map(|doubt| Worry::Doubted { since: doubt.since });
    ends.chain(unconfirmed(facts, now)).chain(doubted).collect()
}

/// Whether a person has to do something: the token is NOT ACTIVE, or will not
/// stay ACTIVE by itself.
pub fn needs_somebody(facts: &Facts, now: Moment) -> bool {
    !status(facts, now).is_active() || worries(facts, now).iter().any(Worry::needs_somebody)
}

/// Until when there is nothing to say, should nothing change. `None` for a
/// token without a known end.
pub fn calm_until(facts: &Facts) -> Option<Moment> {
    let life = facts.life.expires_at.map(|_| last_safe_moment(facts).unwrap_or(facts.life.issued_at));
    let data_access = facts.life.data_access_expires_at.map(|at| at - DATA_ACCESS_NOTICE);
    [life, data_access].into_iter().flatten().min()
}

/// Every moment at which a status or a worry can begin by itself.
pub(super) fn thresholds(facts: &Facts) -> Vec<Moment> {
    let confirmed = facts.last_success_at.unwrap_or(facts.life.issued_at);
    let failing = facts.failed_extension.as_ref().and_then(|tries| tries.since).map(|since| since + FAILING_FOR);
    let data_access = facts.life.data_access_expires_at;
    let may = [
        facts.life.expires_at,
        last_safe_moment(facts),
        failing,
        data_access,
        data_access.map(|at| at - DATA_ACCESS_NOTICE),
    ];
    may.into_iter().flatten().chain([confirmed + UNCONFIRMED_AFTER, confirmed + UNASKED_AFTER]).collect()
}

fn foreseen(facts: &Facts, now: Moment) -> Option<Foreseen> {
    let Some(last_safe) = last_safe_moment(facts) else { return Some(Foreseen::TooShort) };
    if moves_nothing(facts) {
        return Some(Foreseen::MovesNothing);
    }
    let tries = facts.failed_extension.as_ref();
    let for_long = tries.is_some_and(|tries| {
        tries.count >= FAILING_OFTEN && tries.since.is_some_and(|since| since + FAILING_FOR <= now)
    });
    (for_long || last_safe <= now).then(|| Foreseen::NotExtended { failure: tries.and_then(|tries| tries.failure) })
}

fn unconfirmed(facts: &Facts, now: Moment) -> Option<Worry> {
    let since = facts.last_success_at.unwrap_or(facts.life.issued_at);
    let failed = facts.failed_check.as_ref();
    let after = if failed.is_some() { UNCONFIRMED_AFTER } else { UNASKED_AFTER };
    let failure = failed.map(|failed| failed.failure.unwrap_or(Failure::Unclear));
    (since + after <= now).then_some(Worry::Unconfirmed { since, failure })
}

#[cfg(test)]
mod tests;
