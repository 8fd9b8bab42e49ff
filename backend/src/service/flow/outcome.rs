//! How a trip to the consent page ended: kept, so that a second visit of the
//! callback shows the same.

use domain::authorization::Trouble as Kind;
use domain::id::{AccountId, PersonId};
use domain::notice::Notice;
use serde::{Deserialize, Serialize};

/// The end of a trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It worked.
    Arrived {
        /// Where the person goes on.
        place: Place,
        /// What the page says.
        notice: Option<Notice>,
        /// Who is signed in by it, if the trip was a login.
        signed_in: Option<PersonId>,
    },
    /// It did not, and nothing was written.
    Trouble(Trouble),
}

/// A page to go on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The overview of many accounts.
    Dashboard,
    /// My access token.
    AccessToken,
    /// One account.
    Account(AccountId),
    /// What somebody can set about themselves.
    Settings,
}

/// Why a trip brought nothing. Each has a page of its own, with the way on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The state is unknown, too old, or another browser's.
    Expired,
    /// The person pressed "Cancel".
    Denied,
    /// A permission was unticked.
    MissingPermission {
        /// The missing ones, as Meta names them.
        scopes: Vec<String>,
    },
    /// A personal account: Meta's API serves professional ones only.
    PersonalAccount {
        /// Its name.
        username: String,
    },
    /// A Facebook user without any professional Instagram account on a Page.
    NoAccounts,
    /// Somebody else signed in than the account to repair.
    WrongAccount {
        /// Whose token is to be repaired.
        expected: String,
        /// Who signed in.
        found: Vec<String>,
    },
    /// The public page: nobody here has this account.
    UnknownAccount {
        /// Who signed in.
        found: Vec<String>,
    },
    /// Meta refuses the code: used before, or too old.
    CodeSpent,
    /// Meta does not answer as it should.
    MetaDown,
    /// Meta refuses this installation's app.
    AppFault,
    /// Consent and code went well, but the app may not read this account: its
    /// invitation as a tester is not accepted, or Meta has not reviewed the app.
    NotReadable,
    /// Meta wants something of the person first: a security check, or a
    /// confirmed e-mail address.
    SecurityCheck,
    /// Somebody else signs in here with this login.
    LoginTaken,
}

impl Trouble {
    /// The page that explains it.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Expired => Kind::Expired,
            Self::Denied => Kind::Denied,
            Self::MissingPermission { .. } => Kind::MissingPermission,
            Self::PersonalAccount { .. } => Kind::PersonalAccount,
            Self::NoAccounts => Kind::NoAccounts,
            Self::WrongAccount { .. } => Kind::WrongAccount,
            Self::UnknownAccount { .. } => Kind::UnknownAccount,
            Self::CodeSpent => Kind::CodeSpent,
            Self::MetaDown => Kind::MetaDown,
            Self::AppFault => Kind::AppFault,
            Self::NotReadable => Kind::NotReadable,
            Self::SecurityCheck => Kind::SecurityCheck,
            Self::LoginTaken => Kind::LoginTaken,
        }
    }
}
