//! What a trip to the consent page is for.

use domain::authorization::Intent;
use domain::id::{AccountId, PersonId};
use serde::{Deserialize, Serialize};

/// What is remembered of an intent while the person is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Purpose {
    /// Sign in with Instagram or Facebook.
    LogIn,
    /// Connect an account to this person.
    Connect {
        /// Who asked.
        person: PersonId,
    },
    /// Sign in here with this login, too.
    Link {
        /// Who asked.
        person: PersonId,
    },
    /// Repair the token of one account.
    Refresh {
        /// Who asked.
        person: PersonId,
        /// The one account that may come back.
        account: AccountId,
    },
    /// Repair without any login here.
    Public,
}

impl Purpose {
    /// What it began with.
    pub const fn intent(self) -> Intent {
        match self {
            Self::LogIn => Intent::LogIn,
            Self::Connect { .. } => Intent::Connect,
            Self::Link { .. } => Intent::Link,
            Self::Refresh { account, .. } => Intent::Refresh(account),
            Self::Public => Intent::Public,
        }
    }
}
