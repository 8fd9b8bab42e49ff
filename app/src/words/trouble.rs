//! What can go wrong on the way through Meta's consent page.

use domain::platform::Platform;

/// The kinds of trouble, as the address names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The person said no.
    Denied,
    /// A permission was left out.
    MissingPermission,
    /// Not a professional account.
    PersonalAccount,
    /// A Facebook user without Instagram accounts.
    NoAccounts,
    /// Meta does not answer.
    MetaDown,
    /// Another account than the one to be repaired.
    WrongAccount,
    /// Public page: nobody here has this account.
    UnknownAccount,
    /// The state is unknown, too old, or another browser's.
    Expired,
    /// The code was used before.
    CodeSpent,
    /// Meta refuses the app.
    AppFault,
    /// The app may not read the account yet.
    NotReadable,
    /// Meta wants something of the person first.
    SecurityCheck,
}

/// The words of a trouble page.
pub struct TroubleWords {
    /// What happened, short.
    pub heading: String,
    /// What happened.
    pub text: String,
    /// What to do next.
    pub next: String,
}

impl Trouble {
    const ALL: [(&'static str, Self); 12] = [
        ("denied", Self::Denied),
        ("missing-permission", Self::MissingPermission),
        ("personal-account", Self::PersonalAccount),
        ("no-accounts", Self::NoAccounts),
        ("meta-down", Self::MetaDown),
        ("wrong-account", Self::WrongAccount),
        ("unknown-account", Self::UnknownAccount),
        ("expired", Self::Expired),
        ("code-spent", Self::CodeSpent),
        ("app-fault", Self::AppFault),
        ("not-readable", Self::NotReadable),
        ("security-check", Self::SecurityCheck),
    ];

    /// The kind with this name in the address.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == word).map(|(_, trouble)| trouble)
    }

    /// The page's HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Denied
            | Self::MissingPermission
            | Self::PersonalAccount
            | Self::NoAccounts
            | Self::NotReadable
            | Self::SecurityCheck => 200,
            Self::Expired | Self::CodeSpent => 400,
            Self::UnknownAccount => 404,
            Self::WrongAccount => 409,
            Self::MetaDown | Self::AppFault => 503,
        }
    }

    /// Whether another choice of Pages at Facebook may be what helps: its consent
    /// page asks for them once, and never again.
    pub fn may_be_unshared(self, platform: Platform) -> bool {
        platform == Platform::Facebook && matches!(self, Self::NoAccounts | Self::WrongAccount | Self::UnknownAccount)
    }

    /// Whether Meta asks for what is needed only when told to: Facebook for a
    /// permission that was declined before, Instagram for another person's login.
    pub fn asks_again(self, platform: Platform) -> bool {
        match self {
            Self::MissingPermission => true,
            Self::WrongAccount | Self::UnknownAccount => platform == Platform::Instagram,
            _ => false,
        }
    }

    /// What the page says. `found` is the account somebody signed in with.
    pub fn words(self, platform: Platform, found: Option<&str>) -> TroubleWords {
        let testers = match platform {
            Platform::Instagram => text!(trouble.not_readable_next_instagram),
            Platform::Facebook => text!(trouble.not_readable_next_facebook),
        };
        let platform = platform.name();
        let (heading, text, next) = match self {
            Self::Denied => (
                text!(trouble.denied).to_owned(),
                text!(trouble.denied_text, platform = platform),
                text!(trouble.denied_next).to_owned(),
            ),
            Self::MissingPermission => (
                text!(trouble.missing_permission).to_owned(),
                text!(trouble.missing_permission_text, platform = platform),
                text!(trouble.missing_permission_next).to_owned(),
            ),
            Self::PersonalAccount => (
                text!(trouble.personal_account).to_owned(),
                text!(trouble.personal_account_text).to_owned(),
                text!(trouble.personal_account_next).to_owned(),
            ),
            Self::NoAccounts => (
                text!(trouble.no_accounts).to_owned(),
                text!(trouble.no_accounts_text).to_owned(),
                text!(trouble.no_accounts_next).to_owned(),
            ),
            Self::MetaDown => (
                text!(trouble.meta_down, platform = platform),
                text!(trouble.meta_down_text, platform = platform),
                text!(trouble.meta_down_next).to_owned(),
            ),
            Self::WrongAccount => (
                text!(trouble.wrong_account).to_owned(),
                text!(trouble.wrong_account_text).to_owned(),
                text!(trouble.wrong_account_next, platform = platform),
            ),
            Self::UnknownAccount => (
                text!(trouble.unknown_account).to_owned(),
                match found {
                    Some(found) => text!(trouble.unknown_account_named, found = found.to_owned()),
                    None => text!(trouble.unknown_account_text).to_owned(),
                },
                text!(trouble.unknown_account_next, platform = platform),
            ),
            Self::Expired => (
                text!(trouble.expired).to_owned(),
                text!(trouble.expired_text, platform = platform),
                text!(trouble.expired_next).to_owned(),
            ),
            Self::CodeSpent => (
                text!(trouble.code_spent).to_owned(),
                text!(trouble.code_spent_text, platform = platform),
                text!(trouble.code_spent_next).to_owned(),
            ),
            Self::AppFault => (
                text!(trouble.app_fault, platform = platform),
                text!(trouble.app_fault_text).to_owned(),
                text!(trouble.app_fault_next).to_owned(),
            ),
            Self::NotReadable => (
                text!(trouble.not_readable).to_owned(),
                text!(trouble.not_readable_text, platform = platform),
                testers.to_owned(),
            ),
            Self::SecurityCheck => (
                text!(trouble.security_check, platform = platform),
                text!(trouble.security_check_text, platform = platform),
                text!(trouble.security_check_next, platform = platform),
            ),
        };
        TroubleWords { heading, text, next }
    }
}
