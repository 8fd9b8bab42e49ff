//! Why a token is NOT ACTIVE, and what helps.

use domain::platform::Platform;
use domain::token::{Cause, Death, SuspensionKind};

/// The cause, in one sentence.
pub fn cause(cause: &Cause, platform: Platform) -> String {
    match cause {
        Cause::Dead { death, .. } => self::death(*death, platform),
        Cause::Suspended { kind, .. } => suspension(*kind, platform),
        Cause::NotShared { .. } => text!(cause.not_shared, platform = platform.name()),
        Cause::PermissionMissing { scopes } => permission(scopes),
    }
}

/// What the person does about it, in one sentence.
pub fn cure(cause: &Cause, platform: Platform) -> String {
    let platform = platform.name();
    match cause {
        Cause::Dead { death: Death::AppRemoved, .. } => text!(cure.allow, platform = platform),
        Cause::Dead { death: Death::PageRoleLost, .. } => text!(cure.page_role).to_owned(),
        Cause::Dead { .. } => text!(cure.sign_in, platform = platform),
        Cause::Suspended { kind: SuspensionKind::Checkpoint, .. } => text!(cure.checkpoint, platform = platform),
        Cause::Suspended { kind: SuspensionKind::Unconfirmed, .. } => text!(cure.unconfirmed, platform = platform),
        Cause::NotShared { .. } => text!(cure.share, platform = platform),
        Cause::PermissionMissing { .. } => text!(cure.permission, platform = platform),
    }
}

/// What killed a token.
pub fn death(death: Death, platform: Platform) -> String {
    let platform = platform.name();
    match death {
        Death::Expired => text!(death.expired).to_owned(),
        Death::PasswordChanged => text!(death.password_changed, platform = platform),
        Death::AppRemoved => text!(death.app_removed, platform = platform),
        Death::Invalidated => text!(death.invalidated, platform = platform),
        Death::LoggedOut => text!(death.logged_out, platform = platform),
        Death::PageRoleLost => text!(death.page_role_lost).to_owned(),
        Death::DataAccessExpired => text!(death.data_access_expired).to_owned(),
        Death::Unreadable => text!(death.unreadable, platform = platform),
        Death::Unnamed => text!(death.unnamed, platform = platform),
    }
}

/// Why a token is suspended.
pub fn suspension(kind: SuspensionKind, platform: Platform) -> String {
    match kind {
        SuspensionKind::Checkpoint => text!(suspension.checkpoint, platform = platform.name()),
        SuspensionKind::Unconfirmed => text!(suspension.unconfirmed, platform = platform.name()),
    }
}

/// Which permissions are missing.
pub fn permission(scopes: &[String]) -> String {
    if scopes.is_empty() {
        return text!(permission.missing_unnamed).to_owned();
    }
    text!(permission.missing, names = scopes.join(", "))
}
