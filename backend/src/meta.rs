//! The Instagram and the Facebook client: one trait, one error classification.
//!
//! - [`Provider`]: what both platforms can do for us; [`Meta::of`] finds it.
//! - `classify`: what a refusal of Meta says about a token.
//! - `feed`: the posts of an account, the same way through both platforms.
//! - `http`: the one guarded client; `call` and `answer`: what goes in and out.
//! - `signed_request`: what Meta sends to us.

mod answer;
mod call;
mod classify;
mod config;
mod error;
mod facebook;
mod feed;
mod http;
mod instagram;
mod scrub;
mod signed_request;

use std::fmt;
use std::sync::Arc;

use domain::Moment;
use domain::id::{AppScopedId, InstagramId};
use domain::platform::Platform;
use domain::token::status::Consent;
use domain::token::{Grant, Sight};
use futures::future::BoxFuture;
use secrecy::SecretString;
use url::Url;

pub use config::{AppConfig, Endpoints, SetupError};
pub use error::{MetaError, RedeemError, What};
pub use feed::{Feed, Media};
pub(crate) use scrub::scrub;
pub use signed_request::{BadSignedRequest, SignedRequest};

use facebook::Facebook;
use http::Http;
use instagram::Instagram;

/// The Graph API version we were written for (supported by Meta until July 2028).
pub const GRAPH_VERSION: &str = "v25.0";

/// Both clients. Cheap to clone.
#[derive(Clone)]
pub struct Meta {
    instagram: Option<Arc<Instagram>>,
    facebook: Option<Arc<Facebook>>,
}

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
    /// When the person did not grant all of [`Platform::scopes`], nothing is
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
    fn has(&self, id: &str) -> bool {
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
    fn read(text: &str) -> Self {
        match text.to_ascii_lowercase().as_str() {
            "business" => Self::Business,
            "media_creator" | "creator" => Self::Creator,
            "personal" => Self::Personal,
            _ => Self::Unknown(text.to_owned()),
        }
    }
}

impl Meta {
    /// Builds the clients of the apps that are configured.
    ///
    /// # Errors
    /// An address that is neither https nor on this machine, or no TLS roots.
    pub fn new(instagram: Option<AppConfig>, facebook: Option<AppConfig>) -> Result<Self, SetupError> {
        for app in instagram.iter().chain(&facebook) {
            app.endpoints.check()?;
        }
        let local = instagram.iter().chain(&facebook).any(|app| app.endpoints.are_local());
        let http = Http::new(local)?;
        Ok(Self {
            instagram: instagram.map(|app| Arc::new(Instagram::new(http.clone(), app))),
            facebook: facebook.map(|app| Arc::new(Facebook::new(http, app))),
        })
    }

    /// The client of a platform.
    ///
    /// # Errors
    /// No app is configured for it: `Unknown(AppFault)`, for the operator.
    pub fn of(&self, platform: Platform) -> Result<&dyn Provider, MetaError> {
        let provider = match platform {
            Platform::Instagram => self.instagram.as_deref().map(|client| client as &dyn Provider),
            Platform::Facebook => self.facebook.as_deref().map(|client| client as &dyn Provider),
        };
        provider.ok_or_else(MetaError::not_configured)
    }

    /// The platforms an app is configured for, in the order of [`Platform::ALL`].
    pub fn platforms(&self) -> impl Iterator<Item = Platform> + '_ {
        Platform::ALL.into_iter().filter(|platform| self.secret(*platform).is_some())
    }

    /// Verifies and reads a `signed_request` that Meta posted to the
    /// deauthorize or the data-deletion address of a platform.
    ///
    /// Meta's documents do not say which app's secret signs, so the family's
    /// own is tried first, then the other. A signature never goes stale: the
    /// caller compares `issued_at` with what happened since.
    ///
    /// # Errors
    /// Not signed with a secret of ours, or not what Meta sends.
    pub fn verify_signed_request(&self, platform: Platform, text: &str) -> Result<SignedRequest, BadSignedRequest> {
        let other = match platform {
            Platform::Instagram => Platform::Facebook,
            Platform::Facebook => Platform::Instagram,
        };
        let secrets: Vec<&SecretString> = [platform, other].into_iter().filter_map(|p| self.secret(p)).collect();
        signed_request::verify(text, &secrets)
    }

    fn secret(&self, platform: Platform) -> Option<&SecretString> {
        match platform {
            Platform::Instagram => self.instagram.as_deref().map(Instagram::secret),
            Platform::Facebook => self.facebook.as_deref().map(Facebook::secret),
        }
    }
}

impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Meta").field(&self.platforms().map(Platform::name).collect::<Vec<_>>()).finish()
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

    #[test]
    fn a_platform_without_an_app_is_the_operators_fault() {
        let meta = Meta::new(None, None).unwrap();
        let error = meta.of(Platform::Facebook).err().unwrap();
        assert_eq!(error.verdict, domain::token::Verdict::Unknown(domain::token::Failure::AppFault));
        assert_eq!(meta.platforms().count(), 0);
    }
}
