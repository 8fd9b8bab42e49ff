//! What both platforms can do for us, and what they answer.

use domain::Moment;
use domain::id::{AppScopedId, InstagramId};
use domain::token::{Consent, Grant, Sight};
use futures::future::BoxFuture;
use secrecy::SecretString;
use url::Url;

use super::error::{MetaError, RedeemError};
use super::feed::Feed;

/// What a platform of Meta does for us.
///
/// None of the calls writes anything here, and no error or `Debug` text holds
/// a token, a code or a secret.
pub trait Provider: Send + Sync {
    /// The consent page, for a browser to be sent to. `state` comes back unchanged.
    fn authorize_url(&self, state: &str, consent: Consent) -> Url;

    /// Turns the code that came back from the consent page into a long-lived
    /// token. A code works once, for an hour.
    ///
    /// When the person did not grant all of the platform's scopes, nothing is
    /// exchanged further. The verdict of an error speaks of the *new* token,
    /// never of one that is stored.
    fn redeem<'a>(&'a self, code: &'a str, now: Moment) -> BoxFuture<'a, Result<Granted, RedeemError>>;

    /// The professional Instagram accounts behind a token: one with Instagram
    /// Login; with Facebook Login one for each Page that is linked to one.
    fn profiles<'a>(&'a self, token: &'a SecretString) -> BoxFuture<'a, Result<Vec<Profile>, MetaError>>;

    /// Asks for a longer life for a living token. Meta allows it from 24 hours
    /// of age on. The string in the answer replaces the old one, whether or
    /// not it looks the same and whether or not its end is later.
    fn extend<'a>(&'a self, token: &'a SecretString, now: Moment) -> BoxFuture<'a, Result<Issued, MetaError>>;

    /// All that can be known of the life of a string that [`Self::extend`] has
    /// brought. Meta may be asked for it, so the string is on disk before. What
    /// is not answered stays as [`Issued::grant`] says.
    fn complete<'a>(&'a self, issued: &'a Issued) -> BoxFuture<'a, Grant>;

    /// Whether the token works and has its permissions: the cheapest calls that
    /// show both. Only an answer about `whose` is one. What it tells besides of
    /// each account comes along.
    fn check<'a>(&'a self, token: &'a SecretString, whose: &'a Whose) -> BoxFuture<'a, Result<Vec<Seen>, MetaError>>;

    /// The newest posts of an account behind the token, at most `most`. All of
    /// them or an error: what is missing here is gone at Instagram.
    fn feed<'a>(
        &'a self,
        token: &'a SecretString,
        account: &'a InstagramId,
        most: usize,
    ) -> BoxFuture<'a, Result<Feed, MetaError>>;
}

/// Whom an answer about a token must be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// The person, as this app sees them.
    pub user_id: AppScopedId,
    /// The accounts that live by the token.
    pub accounts: Vec<InstagramId>,
}

impl Whose {
    /// Whether this is an id of theirs, the person's or an account's.
    pub(super) fn has(&self, id: &str) -> bool {
        self.user_id.0 == id || self.accounts.iter().any(|account| account.0 == id)
    }
}

/// What Meta says of an account, as far as it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The account.
    pub instagram_id: InstagramId,
    /// Whether it is shown at all.
    pub sight: Sight,
    /// Without the `@`.
    pub username: Option<String>,
    /// The display name.
    pub name: Option<String>,
}

/// A token that Meta has just handed out.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The string.
    pub token: SecretString,
    /// Its life.
    pub grant: Grant,
}

/// What a person granted, with every permission we asked for.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The long-lived token.
    pub issued: Issued,
    /// The person, as this app sees them.
    pub user_id: AppScopedId,
    /// The person's name, where the platform tells it here (Facebook).
    pub name: Option<String>,
}

/// A professional Instagram account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The account's own id (`1784…`), the same through both platforms.
    pub instagram_id: InstagramId,
    /// Without the `@`.
    pub username: String,
    /// The display name; empty where there is none.
    pub name: String,
    /// What kind of account it is.
    pub account_type: AccountType,
    /// The Facebook Page it is linked to (Facebook Login only).
    pub page: Option<Page>,
}

/// A Facebook Page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The Page's id.
    pub id: String,
    /// The Page's name.
    pub name: String,
}

/// The kinds of Instagram accounts. Only professional ones are served by Meta's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountType {
    /// A business.
    Business,
    /// A creator.
    Creator,
    /// A personal account, which Meta's API does not serve any more.
    Personal,
    /// One of the first two: Facebook Login does not say which.
    Professional,
    /// A kind we do not know, as Meta writes it.
    Unknown(String),
}

impl AccountType {
    /// The word to store; for an unknown kind, Meta's.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Business => "business",
            Self::Creator => "creator",
            Self::Personal => "personal",
            Self::Professional => "professional",
            Self::Unknown(text) => text,
        }
    }

    /// Reads `account_type`: today `Business` and `Media_Creator`, once
    /// `BUSINESS`, `MEDIA_CREATOR` and `PERSONAL`.
    /// Source: Meta, "Instagram API with Instagram Login", get started.
    pub(super) fn read(text: &str) -> Self {
        match text.to_ascii_lowercase().as_str() {
            "business" => Self::Business,
            "media_creator" | "creator" => Self::Creator,
            "personal" => Self::Personal,
            _ => Self::Unknown(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_types_are_read_in_any_case_and_unknown_ones_are_kept() {
        assert_eq!(AccountType::read("BUSINESS"), AccountType::Business);
        assert_eq!(AccountType::read("Media_Creator"), AccountType::Creator);
        assert_eq!(AccountType::read("PERSONAL"), AccountType::Personal);
        assert_eq!(AccountType::read("Robot").as_str(), "Robot");
    }
}
