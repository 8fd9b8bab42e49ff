//! The home of time. Everything else gets `now` from a [`Clock`].
//!
//! Two clocks are in use. The *token's* clock is Meta's: real time, or the
//! sandbox's while the sandbox is Meta. The *wall* clock is always real time
//! and serves what belongs to people and processes here: sessions, sign-in
//! flows, rate limits, locks and leases. So watching sixty days pass in the
//! sandbox logs nobody out.

use std::fmt;

use chrono::{SubsecRound, Utc};
use domain::Moment;

/// Tells the time, to the microsecond, which is what both databases keep.
pub trait Clock: Send + Sync + fmt::Debug {
    /// This moment.
    fn now(&self) -> Moment;
}

/// Real time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one home of real time")]
    fn now(&self) -> Moment {
        Utc::now().trunc_subsecs(6)
    }
}

/// Cuts a moment to what the databases keep.
pub fn to_micros(moment: Moment) -> Moment {
    moment.trunc_subsecs(6)
}
