//! Whether Meta shows us an account that lives by a token. At Facebook one
//! grant may be for several accounts, and each of them can be taken out of it
//! while the token and its permissions stay as they are.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, MetaAnswer};
use super::observe::CONFIRMED_AFTER;
use super::remedy::{Consent, Remedy, remedy};
use super::status::{Cause, Status, status};
use crate::Moment;

/// Meta did not show an account, although its token works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unshared {
    /// When we first met that.
    pub since: Moment,
    /// Whether that is sure; a single answer is not.
    pub confirmed: bool,
    /// What Meta said, word for word.
    pub said: Option<MetaAnswer>,
}

/// What an answer says about one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Meta showed it.
    Shown,
    /// Meta says that it is not there, or not to be seen.
    Hidden {
        /// Whether the grant itself names accounts, and this one is not among them.
        left_out: bool,
        /// What Meta said, word for word.
        said: Option<MetaAnswer>,
    },
}

/// What is kept of an account after an answer, and what became sure with it:
/// that it is shared again, or not any more.
///
/// What hides an account is believed at once where the grant says the same, and
/// otherwise when a later answer hides it, too.
pub fn sighted(before: Option<&Unshared>, sight: Sight, now: Moment) -> (Option<Unshared>, Option<bool>) {
    let was_sure = before.is_some_and(|before| before.confirmed);
    let Sight::Hidden { left_out, said } = sight else { return (None, was_sure.then_some(true)) };
    let since = before.map_or(now, |before| before.since);
    let confirmed = was_sure || left_out || since + CONFIRMED_AFTER <= now;
    (Some(Unshared { since, confirmed, said }), (confirmed && !was_sure).then_some(false))
}

/// The status of an account: that of its token, unless the token works and the
/// account is surely not shared with it.
pub fn account_status(facts: &Facts, unshared: Option<&Unshared>, now: Moment) -> Status {
    match (status(facts, now), unshared) {
        (Status::Active, Some(Unshared { since, confirmed: true, .. })) => {
            Status::NotActive(Cause::NotShared { since: *since })
        }
        (status, _) => status,
    }
}

/// What the button of an account does: Facebook has to ask once more which
/// accounts are shared.
pub fn account_remedy(facts: &Facts, unshared: Option<&Unshared>, now: Moment) -> Remedy {
    match account_status(facts, unshared, now) {
        Status::NotActive(Cause::NotShared { .. }) => Remedy::Consent(Consent::AskAgain),
        _ => remedy(facts, now),
    }
}
