//! Why a sign-in brought nothing although the person said yes, and what is told of it.

use domain::platform::Platform;
use domain::token::{Death, Failure, MetaAnswer, Verdict};

use super::Trouble;
use crate::meta::{MetaError, RedeemError};

/// For the operator. Source: Meta, "Instagram Platform", overview: with Standard
/// Access an app reads the accounts alone that have a role in it.
const NOT_READABLE: &str = "somebody signed in whose account the app may not read yet: invite the account as a tester \
                            of the app and have the invitation accepted, or get Advanced Access through Meta's App Review";

/// The trouble, logged once.
pub(super) fn trouble(platform: Platform, error: RedeemError) -> Trouble {
    match error {
        RedeemError::CodeSpent(_) => Trouble::CodeSpent,
        RedeemError::MissingPermissions(scopes) => Trouble::MissingPermission { scopes },
        RedeemError::AppFault(said) if said.message.to_lowercase().contains("insufficient developer role") => {
            tracing::error!(code = ?said.code, "{NOT_READABLE}: {platform}: {}", said.message);
            Trouble::NotReadable
        }
        RedeemError::AppFault(said) => {
            tracing::error!(code = ?said.code, "Meta refuses the app: {}", said.message);
            Trouble::AppFault
        }
        RedeemError::Meta(error) => {
            let trouble = of_call(platform, &error);
            match trouble {
                Trouble::NotReadable => tracing::error!("{NOT_READABLE}: {error}"),
                _ => tracing::warn!("Meta did not complete a sign-in: {error}"),
            }
            trouble
        }
    }
}

/// Only what passes by itself is "try again later".
fn of_call(platform: Platform, error: &MetaError) -> Trouble {
    match (error.verdict, &error.said) {
        // Everything we ask for was granted, so what is missing is the app's own.
        (Verdict::PermissionMissing, _) => Trouble::NotReadable,
        (Verdict::Suspended(_), _) => Trouble::SecurityCheck,
        // A token of another family or host.
        (Verdict::Dead(Death::Unreadable) | Verdict::Unknown(Failure::AppFault), _) => Trouble::AppFault,
        // The new token is dead already: the person changed something meanwhile.
        (Verdict::Dead(death), _) if death != Death::Unnamed => Trouble::Expired,
        (Verdict::Unknown(Failure::Unclear), Some(said)) => unclear(platform, said),
        _ => Trouble::MetaDown,
    }
}

fn unclear(platform: Platform, said: &MetaAnswer) -> Trouble {
    let is_unsupported = said.message.to_lowercase().contains("unsupported");
    match (platform, said.code, said.subcode) {
        // "Object does not exist, cannot be loaded due to missing permissions": it was not shared.
        (Platform::Facebook, Some(100), Some(33)) => Trouble::NoAccounts,
        (_, Some(100), _) if is_unsupported => Trouble::NotReadable,
        (_, Some(100), _) => Trouble::AppFault,
        _ => Trouble::MetaDown,
    }
}

#[cfg(test)]
mod tests {
    use domain::token::SuspensionKind;

    use super::*;
    use crate::meta::What;

    fn error(verdict: Verdict, code: i64, subcode: Option<i64>, message: &str) -> RedeemError {
        let said = Some(MetaAnswer { code: Some(code), subcode, message: message.to_owned() });
        RedeemError::Meta(MetaError { verdict, said, retry_after: None, call: "x", what: Box::new(What::Refused) })
    }

    #[test]
    fn only_what_passes_is_called_a_meta_that_does_not_answer() {
        let unknown = Verdict::Unknown;
        let unsupported = "Unsupported request - method type: get";
        let hidden =
            "Unsupported get request. Object with ID '1' does not exist, cannot be loaded due to missing permissions";
        let table = [
            (Platform::Instagram, error(unknown(Failure::Unclear), 100, None, unsupported), Trouble::NotReadable),
            (Platform::Facebook, error(unknown(Failure::Unclear), 100, None, unsupported), Trouble::NotReadable),
            (Platform::Instagram, error(unknown(Failure::Unclear), 100, Some(33), hidden), Trouble::NotReadable),
            (Platform::Facebook, error(unknown(Failure::Unclear), 100, Some(33), hidden), Trouble::NoAccounts),
            (
                Platform::Facebook,
                error(unknown(Failure::Unclear), 100, None, "(#100) Invalid field"),
                Trouble::AppFault,
            ),
            (Platform::Instagram, error(Verdict::PermissionMissing, 10, None, "No permission"), Trouble::NotReadable),
            (
                Platform::Instagram,
                error(Verdict::Suspended(SuspensionKind::Checkpoint), 190, Some(459), "x"),
                Trouble::SecurityCheck,
            ),
            (Platform::Instagram, error(Verdict::Dead(Death::Unreadable), 190, None, "x"), Trouble::AppFault),
            (Platform::Instagram, error(Verdict::Dead(Death::AppRemoved), 190, Some(458), "x"), Trouble::Expired),
            (Platform::Instagram, error(unknown(Failure::Unavailable), 2, None, "x"), Trouble::MetaDown),
            (Platform::Instagram, error(unknown(Failure::Limited), 4, None, "x"), Trouble::MetaDown),
            (Platform::Instagram, error(unknown(Failure::Unclear), 7, None, "x"), Trouble::MetaDown),
        ];
        for (platform, error, expected) in table {
            let shown = format!("{platform}: {error:?}");
            assert_eq!(trouble(platform, error), expected, "{shown}");
        }
        let said = MetaAnswer { code: Some(400), subcode: None, message: "Insufficient developer role".to_owned() };
        assert_eq!(trouble(Platform::Instagram, RedeemError::AppFault(said)), Trouble::NotReadable);
    }
}
