//! What helps: asking Meta for a longer life, or the consent page.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::facts::{Death, Facts};
use super::outlook::{Foreseen, Worry, worries};
use super::plan::earliest_extension;
use super::status::{Cause, Status, status};
use crate::Moment;
use crate::platform::Platform;

/// Until then the button asks Meta first, with the consent page beside it: in a
/// trouble of Meta's own that is the quicker way. No such trouble is known to
/// have lasted a fortnight.
const CONSENT_AFTER: TimeDelta = TimeDelta::days(14);

/// What the refresh button does now. It always does something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    /// Ask Meta for a longer life; nobody leaves the page.
    Extend,
    /// Through Meta's consent page.
    Consent(Consent),
}

/// How the consent page must be opened so that it helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Consent {
    /// As for a new connection.
    Plain,
    /// Once more, after an answer that did not help. Facebook asks again for a
    /// declined permission only with `auth_type=rerequest` (Meta, "Requesting
    /// and revoking permissions"); Instagram lets somebody else sign in with
    /// `force_reauth=true` (Meta, "Business Login for Instagram").
    AskAgain,
    /// Facebook renews access to data with `auth_type=reauthorize`.
    RenewDataAccess,
}

/// Extending where Meta allows it (living, at least 24 h old) and has not shown
/// that it leads nowhere; otherwise the consent page.
pub fn remedy(facts: &Facts, now: Moment) -> Remedy {
    let cause = match status(facts, now) {
        Status::NotActive(cause) => cause,
        Status::Active => {
            let in_vain = only_consent_helps(facts, now);
            let possible = facts.life.expires_at.is_some() && earliest_extension(facts) <= now;
            return match in_vain {
                Some(consent) => Remedy::Consent(consent),
                None if possible => Remedy::Extend,
                None => Remedy::Consent(Consent::Plain),
            };
        }
    };
    Remedy::Consent(match (facts.platform, cause) {
        (Platform::Facebook, Cause::PermissionMissing { .. }) => Consent::AskAgain,
        (Platform::Facebook, Cause::Dead { death: Death::DataAccessExpired, .. }) => Consent::RenewDataAccess,
        _ => Consent::Plain,
    })
}

/// How the consent page is opened for a living token that asking Meta once more
/// would not help.
fn only_consent_helps(facts: &Facts, now: Moment) -> Option<Consent> {
    let worries = worries(facts, now);
    if worries.iter().any(|worry| matches!(worry, Worry::Ends { why: Foreseen::DataAccess, .. })) {
        return Some(Consent::RenewDataAccess);
    }
    let in_vain = |worry: &Worry| match *worry {
        Worry::Ends { why: Foreseen::NotExtended { .. }, .. } => facts.failed_extension.is_some(),
        Worry::Ends { .. } => true,
        Worry::Unconfirmed { since, failure } => failure.is_some() && since + CONSENT_AFTER <= now,
        Worry::Doubted { .. } => false,
    };
    worries.iter().any(in_vain).then_some(Consent::Plain)
}
