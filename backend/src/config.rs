//! Configuration: defaults compiled in < `pilotlight.toml` < environment
//! (`PILOTLIGHT_…`) < flags. Read once, validated at start.

mod error;
mod mail;
mod media;
mod raw;
mod sandbox;
mod value;

use std::net::SocketAddr;
use std::path::PathBuf;

use domain::platform::Platform;
use ipnet::IpNet;
use secrecy::SecretString;
use url::Url;

use crate::mail::MailConfig;
use crate::media::MediaConfig;
use crate::meta::{AppConfig, Endpoints};
use error::invalid;
use value::{is_loopback_host, origin, pair, proxies, redirect_uri, url_or};

pub use error::ConfigError;
pub use raw::Raw;
pub use sandbox::SandboxConfig;

/// Everything a process needs to know, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The public origin; redirect URIs are made of it.
    pub base_url: Url,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: SecretString,
    /// Where the default database and the sandbox's key live.
    pub data_dir: PathBuf,
    /// The keys that seal tokens, newest first.
    pub secret_key: SecretString,
    /// Whose word about where a request comes from is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// The Instagram app.
    pub instagram: Option<AppConfig>,
    /// The Meta app for Facebook Login.
    pub facebook: Option<AppConfig>,
    /// Where pictures come from and where they are kept.
    pub media: MediaConfig,
    /// Where mails go, and from whom.
    pub mail: MailConfig,
    /// Set when the sandbox is Meta.
    pub sandbox: Option<SandboxConfig>,
    /// Combinations that work but that somebody should know of.
    pub warnings: Vec<String>,
}

impl Config {
    /// Reads file and environment; values given as flags come in `overrides`.
    ///
    /// # Errors
    /// Says which value is wrong and what to do.
    pub fn load(overrides: &[(&str, String)]) -> Result<Self, ConfigError> {
        Self::from_raw(Raw::load(overrides)?)
    }

    /// Checks raw values.
    ///
    /// # Errors
    /// Says which value is wrong and what to do.
    pub fn from_raw(raw: Raw) -> Result<Self, ConfigError> {
        let listen: SocketAddr =
            raw.listen.parse().map_err(|_| invalid("PILOTLIGHT_LISTEN", "write it as 127.0.0.1:3000"))?;
        let base_url = origin(raw.base_url.as_deref(), listen)?;
        std::fs::create_dir_all(&raw.data_dir)
            .map_err(|source| ConfigError::DataDir { path: raw.data_dir.clone(), source })?;
        let sandbox = SandboxConfig::decide(&raw, listen, &base_url)?;
        let secret_key = match (&raw.secret_key, &sandbox) {
            (Some(key), _) => key.clone().into(),
            (None, Some(_)) => sandbox::own_key(&raw.data_dir)?,
            (None, None) => return Err(ConfigError::NoKey),
        };
        let (instagram, facebook) = match &sandbox {
            Some(sandbox) => (Some(sandbox.instagram(&base_url)?), Some(sandbox.facebook(&base_url)?)),
            None => (instagram(&raw, &base_url)?, facebook(&raw, &base_url)?),
        };
        if instagram.is_none() && facebook.is_none() {
            return Err(ConfigError::NoApp);
        }
        let media = media::decide(&raw, sandbox.as_ref())?;
        let mail = mail::decide(&raw, &base_url)?;
        let trusted_proxies = proxies(raw.trusted_proxies.as_deref().unwrap_or_default())?;
        let database_url = raw
            .database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", raw.data_dir.join("pilotlight.db").display()));
        let mut warnings = Vec::new();
        if base_url.scheme() == "http" && !is_loopback_host(&base_url) {
            warnings.push(
                "PILOTLIGHT_BASE_URL is http on a public name: cookies travel unprotected and Meta refuses the redirect. \
                 Put a TLS proxy in front and use https."
                    .to_owned(),
            );
        }
        warnings.extend(media::warning(&media));
        warnings.extend(mail::warning(&mail, sandbox.is_some()));
        if sandbox.is_some() && raw.instagram_client_id.is_some() {
            warnings.push("the sandbox is on, so the configured Instagram app is not used".to_owned());
        }
        Ok(Self {
            listen,
            base_url,
            database_url: database_url.into(),
            data_dir: raw.data_dir,
            secret_key,
            trusted_proxies,
            instagram,
            facebook,
            media,
            mail,
            sandbox,
            warnings,
        })
    }

    /// Whether cookies can insist on https.
    pub fn is_https(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

fn instagram(raw: &Raw, base_url: &Url) -> Result<Option<AppConfig>, ConfigError> {
    let defaults = Endpoints::instagram();
    let Some((client_id, client_secret)) =
        pair("PILOTLIGHT_INSTAGRAM_CLIENT_SECRET", &raw.instagram_client_id, &raw.instagram_client_secret)?
    else {
        return Ok(None);
    };
    let endpoints = Endpoints {
        authorize_url: url_or(
            "PILOTLIGHT_INSTAGRAM_AUTHORIZE_URL",
            &raw.instagram_authorize_url,
            defaults.authorize_url,
        )?,
        token_url: url_or("PILOTLIGHT_INSTAGRAM_TOKEN_URL", &raw.instagram_token_url, defaults.token_url)?,
        graph_url: url_or("PILOTLIGHT_INSTAGRAM_GRAPH_URL", &raw.instagram_graph_url, defaults.graph_url)?,
    };
    let redirect_uri = redirect_uri(base_url, Platform::Instagram)?;
    Ok(Some(AppConfig { client_id, client_secret, redirect_uri, endpoints }))
}

fn facebook(raw: &Raw, base_url: &Url) -> Result<Option<AppConfig>, ConfigError> {
    let defaults = Endpoints::facebook();
    let Some((client_id, client_secret)) =
        pair("PILOTLIGHT_FACEBOOK_CLIENT_SECRET", &raw.facebook_client_id, &raw.facebook_client_secret)?
    else {
        return Ok(None);
    };
    let graph_url = url_or("PILOTLIGHT_FACEBOOK_GRAPH_URL", &raw.facebook_graph_url, defaults.graph_url)?;
    let endpoints = Endpoints {
        authorize_url: url_or("PILOTLIGHT_FACEBOOK_DIALOG_URL", &raw.facebook_dialog_url, defaults.authorize_url)?,
        token_url: graph_url.clone(),
        graph_url,
    };
    let redirect_uri = redirect_uri(base_url, Platform::Facebook)?;
    Ok(Some(AppConfig { client_id, client_secret, redirect_uri, endpoints }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(data: &tempfile::TempDir) -> Raw {
        Raw { data_dir: data.path().to_owned(), ..Raw::default() }
    }

    #[test]
    fn without_anything_the_sandbox_is_meta_and_keeps_its_own_key() {
        let data = tempfile::tempdir().unwrap();
        let first = Config::from_raw(raw(&data)).unwrap();
        let second = Config::from_raw(raw(&data)).unwrap();
        use secrecy::ExposeSecret;
        assert!(first.sandbox.is_some());
        assert_eq!(first.secret_key.expose_secret(), second.secret_key.expose_secret());
        assert_eq!(first.secret_key.expose_secret().len(), 64);
    }

    #[test]
    fn a_real_app_needs_a_key() {
        let data = tempfile::tempdir().unwrap();
        let raw =
            Raw { instagram_client_id: Some("1".into()), instagram_client_secret: Some("s".into()), ..raw(&data) };
        assert!(matches!(Config::from_raw(raw.clone()), Err(ConfigError::NoKey)));
        let config = Config::from_raw(Raw { secret_key: Some("a".repeat(64)), ..raw }).unwrap();
        assert!(config.sandbox.is_none() && config.facebook.is_none());
        assert_eq!(config.instagram.unwrap().redirect_uri.as_str(), "http://127.0.0.1:3000/auth/instagram/callback");
    }

    #[test]
    fn the_sandbox_never_starts_beside_a_public_address() {
        let data = tempfile::tempdir().unwrap();
        let open = Raw { listen: "0.0.0.0:3000".into(), ..raw(&data) };
        assert!(matches!(Config::from_raw(open.clone()), Err(ConfigError::NoKey | ConfigError::NoApp)));
        let forced = Raw { sandbox: Some(true), ..open };
        assert!(matches!(Config::from_raw(forced), Err(ConfigError::SandboxExposed { .. })));
        let behind_a_proxy = Raw { base_url: Some("https://pilotlight.example".into()), ..raw(&data) };
        assert!(matches!(Config::from_raw(behind_a_proxy.clone()), Err(ConfigError::NoKey | ConfigError::NoApp)));
        let forced = Raw { sandbox: Some(true), ..behind_a_proxy };
        assert!(matches!(Config::from_raw(forced), Err(ConfigError::SandboxExposed { .. })));
        let exposed = Raw { sandbox: Some(true), sandbox_listen: "0.0.0.0:1".into(), ..raw(&data) };
        assert!(matches!(Config::from_raw(exposed), Err(ConfigError::SandboxExposed { .. })));
    }

    #[test]
    fn half_an_app_and_a_base_url_with_a_path_are_refused() {
        let data = tempfile::tempdir().unwrap();
        let half = Raw { instagram_client_id: Some("1".into()), secret_key: Some("a".repeat(64)), ..raw(&data) };
        assert!(matches!(Config::from_raw(half), Err(ConfigError::Invalid { .. })));
        let path = Raw { base_url: Some("https://example.com/feeds".into()), ..raw(&data) };
        assert!(matches!(Config::from_raw(path), Err(ConfigError::Invalid { variable: "PILOTLIGHT_BASE_URL", .. })));
    }
}
