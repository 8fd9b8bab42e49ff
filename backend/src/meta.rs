//! The Instagram and the Facebook client: one trait, one error classification.
//!
//! - [`Provider`]: what both platforms, `instagram` and `facebook`, can do for us; [`Meta::of`] finds it.
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
mod provider;
mod scrub;
mod signed_request;

use std::fmt;
use std::sync::Arc;

use domain::platform::Platform;
use secrecy::SecretString;

pub use config::{AppConfig, Endpoints, GRAPH_VERSION, SetupError};
pub use error::{MetaError, RedeemError, What};
pub use feed::{Feed, Media};
pub use provider::{AccountType, Granted, Issued, Page, Profile, Provider, Seen, Whose};
pub(crate) use scrub::scrub;
pub use signed_request::{BadSignedRequest, SignedRequest};

use facebook::Facebook;
use http::Http;
use instagram::Instagram;

/// Both clients. Cheap to clone.
#[derive(Clone)]
pub struct Meta {
    instagram: Option<Arc<Instagram>>,
    facebook: Option<Arc<Facebook>>,
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
    fn a_platform_without_an_app_is_the_operators_fault() {
        let meta = Meta::new(None, None).unwrap();
        let error = meta.of(Platform::Facebook).err().unwrap();
        assert_eq!(error.verdict, domain::token::Verdict::Unknown(domain::token::Failure::AppFault));
        assert_eq!(meta.platforms().count(), 0);
    }
}
