//! ACTIVE or NOT ACTIVE, and why.

use serde::{Deserialize, Serialize};

use super::facts::{Death, Facts, SuspensionKind};
use crate::Moment;

/// The two words people see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// The token works, as far as Meta has told us.
    Active,
    /// It does not, for this one reason.
    NotActive(Cause),
}

impl Status {
    /// Whether the word is ACTIVE.
    pub const fn is_active(&self) -> bool {
        matches!(self, Self::Active)
    }
}

/// Why a token is NOT ACTIVE, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Dead; only a person can bring the account back.
    Dead {
        /// What killed it.
        death: Death,
        /// Since when.
        since: Moment,
    },
    /// Suspended; the same string may live again.
    Suspended {
        /// What the person must do.
        kind: SuspensionKind,
        /// Since when.
        since: Moment,
    },
    /// Of an account alone: its token works, and is not for it any more.
    NotShared {
        /// Since when.
        since: Moment,
    },
    /// Alive, but not allowed to do its work.
    PermissionMissing {
        /// The permissions' names, as Meta writes them; empty when Meta did not name them.
        scopes: Vec<String>,
    },
}

impl Cause {
    /// Since when the token does not work, where that is known.
    pub const fn since(&self) -> Option<Moment> {
        match self {
            Self::Dead { since, .. } | Self::Suspended { since, .. } | Self::NotShared { since } => Some(*since),
            Self::PermissionMissing { .. } => None,
        }
    }
}

/// The status of a token at a moment.
///
/// The earliest end wins: what Meta said, the expiry, or the end of data
/// access. After that come suspension and missing permissions.
pub fn status(facts: &Facts, now: Moment) -> Status {
    let by_verdict = facts.ending.as_ref().map(|ending| (ending.at, ending.death));
    let by_clock = |at: Option<Moment>, death| at.filter(|at| *at <= now).map(|at| (at, death));
    let end = [
        by_verdict,
        by_clock(facts.life.expires_at, Death::Expired),
        by_clock(facts.life.data_access_expires_at, Death::DataAccessExpired),
    ]
    .into_iter()
    .flatten()
    .min_by_key(|(at, _)| *at);

    if let Some((since, death)) = end {
        return Status::NotActive(Cause::Dead { death, since });
    }
    if let Some(suspension) = &facts.suspension {
        return Status::NotActive(Cause::Suspended { kind: suspension.kind, since: suspension.since });
    }
    if !facts.missing_scopes.is_empty() {
        return Status::NotActive(Cause::PermissionMissing { scopes: facts.missing_scopes.clone() });
    }
    Status::Active
}
