//! What a trip to the consent page is for.

use domain::id::{AccountId, PersonId};
use serde::{Deserialize, Serialize};

/// What a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Sign in with Instagram or Facebook.
    LogIn,
    /// Connect an account; for somebody signed in.
    Connect,
    /// Repair the token of one account; for somebody signed in.
    Refresh(AccountId),
    /// Repair without any login here.
    Public,
}

/// What is remembered of it while the person is away.
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
    /// The query that starts the same trip again.
    pub fn again(self) -> String {
        match self {
            Self::LogIn => "for=login".to_owned(),
            Self::Connect { .. } => "for=connect".to_owned(),
            Self::Refresh { account, .. } => format!("refresh={account}"),
            Self::Public => "for=public".to_owned(),
        }
    }
}
