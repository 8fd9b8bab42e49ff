//! Going to Meta's consent page and back, as addresses write it.

use std::fmt;
use std::str::FromStr;

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::Refused;
use crate::id::AccountId;

/// What somebody goes there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Sign in with Instagram or Facebook.
    LogIn,
    /// Connect an account; for somebody signed in.
    Connect,
    /// Sign in here with this login, too; for somebody signed in.
    Link,
    /// Repair the token of one account; for somebody signed in.
    Refresh(AccountId),
    /// Repair without any login here.
    Public,
}

/// As the query of `/auth/{platform}/start`.
impl fmt::Display for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LogIn => f.write_str("for=login"),
            Self::Connect => f.write_str("for=connect"),
            Self::Link => f.write_str("for=link"),
            Self::Public => f.write_str("for=public"),
            Self::Refresh(account) => write!(f, "refresh={account}"),
        }
    }
}

impl FromStr for Intent {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        const REFUSED: Refused = Refused("intent");
        match text {
            "for=login" => Ok(Self::LogIn),
            "for=connect" => Ok(Self::Connect),
            "for=link" => Ok(Self::Link),
            "for=public" => Ok(Self::Public),
            _ => {
                let account = text.strip_prefix("refresh=").ok_or(REFUSED)?;
                account.parse().map(Self::Refresh).map_err(|_| REFUSED)
            }
        }
    }
}

/// Why somebody came back with nothing. Each kind has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
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
    /// Somebody else signs in here with this login.
    LoginTaken,
}

impl Trouble {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intent_is_read_as_it_is_written() {
        let account: AccountId = "0192f0c1-2345-7890-abcd-0123456789ab".parse().unwrap();
        for intent in [Intent::LogIn, Intent::Connect, Intent::Link, Intent::Public, Intent::Refresh(account)] {
            assert_eq!(intent.to_string().parse(), Ok(intent));
        }
        for other in ["", "for=", "for=login&x=1", "refresh=1", "login", "refresh=", "for=refresh"] {
            assert!(other.parse::<Intent>().is_err(), "{other:?}");
        }
    }

    #[test]
    fn every_trouble_has_a_word_of_its_own() {
        for trouble in Trouble::VARIANTS {
            assert_eq!(trouble.as_str().parse(), Ok(*trouble));
        }
        assert!("nonsense".parse::<Trouble>().is_err());
    }
}
