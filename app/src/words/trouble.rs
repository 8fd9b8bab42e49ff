//! What can go wrong on the way through Meta's consent page.

use domain::authorization::Trouble;
use domain::platform::Platform;

/// The words of a trouble page.
pub struct TroubleWords {
    /// What happened, short.
    pub heading: String,
    /// What happened.
    pub text: String,
    /// What to do next.
    pub next: String,
}

/// The page's HTTP status.
pub const fn trouble_status(trouble: Trouble) -> u16 {
    match trouble {
        Trouble::Denied
        | Trouble::MissingPermission
        | Trouble::PersonalAccount
        | Trouble::NoAccounts
        | Trouble::NotReadable
        | Trouble::SecurityCheck => 200,
        Trouble::Expired | Trouble::CodeSpent => 400,
        Trouble::UnknownAccount => 404,
        Trouble::WrongAccount | Trouble::LoginTaken => 409,
        Trouble::MetaDown | Trouble::AppFault => 503,
    }
}

/// Whether another choice of Pages at Facebook may be what helps: its consent
/// page asks for them once, and never again.
pub fn may_be_unshared(trouble: Trouble, platform: Platform) -> bool {
    platform == Platform::Facebook
        && matches!(trouble, Trouble::NoAccounts | Trouble::WrongAccount | Trouble::UnknownAccount)
}

/// Whether Meta asks for what is needed only when told to: Facebook for a
/// permission that was declined before, Instagram for another person's login.
pub fn asks_again(trouble: Trouble, platform: Platform) -> bool {
    match trouble {
        Trouble::MissingPermission => true,
        Trouble::WrongAccount | Trouble::UnknownAccount => platform == Platform::Instagram,
        _ => false,
    }
}

/// What the page says. `found` is the account somebody signed in with.
pub fn trouble(trouble: Trouble, platform: Platform, found: Option<&str>) -> TroubleWords {
    let testers = match platform {
        Platform::Instagram => text!(trouble.not_readable_next_instagram),
        Platform::Facebook => text!(trouble.not_readable_next_facebook),
    };
    let platform = platform.name();
    let (heading, text, next) = match trouble {
        Trouble::Denied => (
            text!(trouble.denied).to_owned(),
            text!(trouble.denied_text, platform = platform),
            text!(trouble.denied_next).to_owned(),
        ),
        Trouble::MissingPermission => (
            text!(trouble.missing_permission).to_owned(),
            text!(trouble.missing_permission_text, platform = platform),
            text!(trouble.missing_permission_next).to_owned(),
        ),
        Trouble::PersonalAccount => (
            text!(trouble.personal_account).to_owned(),
            text!(trouble.personal_account_text).to_owned(),
            text!(trouble.personal_account_next).to_owned(),
        ),
        Trouble::NoAccounts => (
            text!(trouble.no_accounts).to_owned(),
            text!(trouble.no_accounts_text).to_owned(),
            text!(trouble.no_accounts_next).to_owned(),
        ),
        Trouble::MetaDown => (
            text!(trouble.meta_down, platform = platform),
            text!(trouble.meta_down_text, platform = platform),
            text!(trouble.meta_down_next).to_owned(),
        ),
        Trouble::WrongAccount => (
            text!(trouble.wrong_account).to_owned(),
            text!(trouble.wrong_account_text).to_owned(),
            text!(trouble.wrong_account_next, platform = platform),
        ),
        Trouble::UnknownAccount => (
            text!(trouble.unknown_account).to_owned(),
            match found {
                Some(found) => text!(trouble.unknown_account_named, found = found.to_owned()),
                None => text!(trouble.unknown_account_text).to_owned(),
            },
            text!(trouble.unknown_account_next, platform = platform),
        ),
        Trouble::Expired => (
            text!(trouble.expired).to_owned(),
            text!(trouble.expired_text, platform = platform),
            text!(trouble.expired_next).to_owned(),
        ),
        Trouble::CodeSpent => (
            text!(trouble.code_spent).to_owned(),
            text!(trouble.code_spent_text, platform = platform),
            text!(trouble.code_spent_next).to_owned(),
        ),
        Trouble::AppFault => (
            text!(trouble.app_fault, platform = platform),
            text!(trouble.app_fault_text).to_owned(),
            text!(trouble.app_fault_next).to_owned(),
        ),
        Trouble::NotReadable => (
            text!(trouble.not_readable).to_owned(),
            text!(trouble.not_readable_text, platform = platform),
            testers.to_owned(),
        ),
        Trouble::LoginTaken => (
            text!(trouble.login_taken).to_owned(),
            text!(trouble.login_taken_text, platform = platform),
            text!(trouble.login_taken_next, platform = platform),
        ),
        Trouble::SecurityCheck => (
            text!(trouble.security_check, platform = platform),
            text!(trouble.security_check_text, platform = platform),
            text!(trouble.security_check_next, platform = platform),
        ),
    };
    TroubleWords { heading, text, next }
}
