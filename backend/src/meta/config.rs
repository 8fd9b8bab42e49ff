//! Where Meta is, and who we are there.

use secrecy::SecretString;
use url::{Host, Url};

/// Instagram's consent page. Its earlier home, `api.instagram.com`, has
/// answered with a dead page since August 2026.
/// Source: Meta, "Business Login for Instagram".
pub const INSTAGRAM_AUTHORIZE_URL: &str = "https://www.instagram.com/oauth/authorize";
/// Where Instagram's codes become tokens. Source: as above.
pub const INSTAGRAM_TOKEN_URL: &str = "https://api.instagram.com/";
/// Instagram's Graph API. Source: as above.
pub const INSTAGRAM_GRAPH_URL: &str = "https://graph.instagram.com/";
/// Facebook's consent page lives under this. Source: Meta, "Manually build a login flow".
pub const FACEBOOK_DIALOG_URL: &str = "https://www.facebook.com/";
/// Facebook's Graph API, and its tokens. Source: as above.
pub const FACEBOOK_GRAPH_URL: &str = "https://graph.facebook.com/";

/// The Graph API version we were written for (supported by Meta until July 2028).
pub const GRAPH_VERSION: &str = "v25.0";

/// An app at Meta, and where Meta is.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// With Instagram Login the *Instagram* app id, with Facebook Login the Meta app id.
    pub client_id: String,
    /// The secret that belongs to it.
    pub client_secret: SecretString,
    /// Where Meta sends people back to; registered there, letter for letter.
    pub redirect_uri: Url,
    /// Meta's addresses.
    pub endpoints: Endpoints,
}

/// Meta's addresses. Bases may or may not end in `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Instagram: the consent page, whole. Facebook: the base of its address.
    pub authorize_url: Url,
    /// The base under which a code becomes a token.
    pub token_url: Url,
    /// The base of the Graph API.
    pub graph_url: Url,
}

/// Why the clients could not be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// Tokens would travel unprotected.
    #[error("{0} is no address for Meta: it must start with https:// (http:// only on this machine)")]
    Unprotected(String),
    /// The HTTP client found no TLS roots or no cryptography.
    #[error("the HTTP client could not be built: {0}")]
    Client(String),
}

impl Endpoints {
    /// Meta's own, for Instagram Login.
    pub fn instagram() -> Self {
        Self {
            authorize_url: constant(INSTAGRAM_AUTHORIZE_URL),
            token_url: constant(INSTAGRAM_TOKEN_URL),
            graph_url: constant(INSTAGRAM_GRAPH_URL),
        }
    }

    /// Meta's own, for Facebook Login.
    pub fn facebook() -> Self {
        Self {
            authorize_url: constant(FACEBOOK_DIALOG_URL),
            token_url: constant(FACEBOOK_GRAPH_URL),
            graph_url: constant(FACEBOOK_GRAPH_URL),
        }
    }

    /// Tokens and secrets go to https alone, or stay on this machine.
    pub(super) fn check(&self) -> Result<(), SetupError> {
        match self.all().into_iter().find(|url| !is_protected(url)) {
            Some(url) => Err(SetupError::Unprotected(url.origin().ascii_serialization())),
            None => Ok(()),
        }
    }

    /// Whether Meta is imitated on this machine, where no proxy can reach it.
    pub(super) fn are_local(&self) -> bool {
        self.all().into_iter().any(is_loopback)
    }

    fn all(&self) -> [&Url; 3] {
        [&self.authorize_url, &self.token_url, &self.graph_url]
    }
}

#[expect(clippy::expect_used, reason = "the addresses are constants, and a test parses each of them")]
fn constant(address: &'static str) -> Url {
    Url::parse(address).expect("a constant address")
}

fn is_protected(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The address of a path under a base, whether or not the base ends in `/`.
pub(super) fn under(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    url.set_query(None);
    url.set_fragment(None);
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metas_own_addresses_are_protected() {
        for endpoints in [Endpoints::instagram(), Endpoints::facebook()] {
            assert_eq!(endpoints.check(), Ok(()));
            assert!(!endpoints.are_local());
        }
    }

    #[test]
    fn http_is_for_this_machine_alone() {
        let at = |address: &str| Endpoints { graph_url: address.parse().unwrap(), ..Endpoints::instagram() };
        for good in ["http://127.0.0.1:9", "http://[::1]:9/", "http://localhost/base"] {
            assert_eq!(at(good).check(), Ok(()), "{good}");
            assert!(at(good).are_local(), "{good}");
        }
        for bad in ["http://graph.instagram.com", "http://10.0.0.1", "http://localhost.evil.example", "ftp://127.0.0.1"]
        {
            assert!(at(bad).check().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_base_may_or_may_not_end_in_a_slash() {
        for base in ["https://graph.example/base", "https://graph.example/base/", "https://graph.example/base/?a#b"] {
            assert_eq!(under(&base.parse().unwrap(), &["v25.0", "me"]).as_str(), "https://graph.example/base/v25.0/me");
        }
        assert_eq!(under(&"https://a.example".parse().unwrap(), &["me"]).as_str(), "https://a.example/me");
    }

    #[test]
    fn an_id_cannot_leave_its_place_in_the_path() {
        let url = under(&"https://a.example/".parse().unwrap(), &["v25.0", "../x?y#z/1"]);
        assert_eq!(url.as_str(), "https://a.example/v25.0/..%2Fx%3Fy%23z%2F1");
    }
}
