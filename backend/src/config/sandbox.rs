//! The sandbox as Meta: when it is, and where it answers.

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::platform::Platform;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::error::{ConfigError, invalid};
use super::raw::Raw;
use super::value::{is_loopback_host, redirect_uri};
use crate::meta::{AppConfig, Endpoints};
use crate::seal::KeyRing;

/// Where the sandbox answers, and the credentials it knows.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// The imitation of Meta.
    pub meta: SocketAddr,
    /// The page for people and the control API.
    pub control: SocketAddr,
    /// Where it keeps its world between runs.
    pub state_file: PathBuf,
}

impl SandboxConfig {
    /// The client id and secret of the sandbox's Instagram app.
    pub const INSTAGRAM_APP: (&'static str, &'static str) = ("990000000000001", "sandbox-instagram-secret");
    /// The client id and secret of the sandbox's Meta app.
    pub const FACEBOOK_APP: (&'static str, &'static str) = ("990000000000002", "sandbox-facebook-secret");

    /// On when asked for, or when no app is configured and nobody outside comes
    /// here: neither to the address, nor through a proxy to the public origin.
    pub(super) fn decide(raw: &Raw, listen: SocketAddr, base_url: &Url) -> Result<Option<Self>, ConfigError> {
        let no_app = raw.instagram_client_id.is_none() && raw.facebook_client_id.is_none();
        let inside = listen.ip().is_loopback() && is_loopback_host(base_url);
        if !raw.sandbox.unwrap_or(no_app && inside) {
            return Ok(None);
        }
        if !is_loopback_host(base_url) {
            let (variable, address) = ("PILOTLIGHT_BASE_URL", base_url.to_string());
            return Err(ConfigError::SandboxExposed { variable, address });
        }
        let meta = loopback("PILOTLIGHT_SANDBOX_LISTEN", &raw.sandbox_listen)?;
        let control = loopback("PILOTLIGHT_SANDBOX_CONTROL_LISTEN", &raw.sandbox_control_listen)?;
        loopback("PILOTLIGHT_LISTEN", &raw.listen)?;
        Ok(Some(Self { meta, control, state_file: raw.data_dir.join("sandbox.json") }))
    }

    /// The base of everything that is Meta's.
    pub fn meta_url(&self) -> String {
        format!("http://{}", self.meta)
    }

    /// The base of the control API and the page for people.
    pub fn control_url(&self) -> String {
        format!("http://{}", self.control)
    }

    pub(super) fn instagram(&self, base_url: &Url) -> Result<AppConfig, ConfigError> {
        let hosts = ["www.instagram.com/oauth/authorize", "api.instagram.com", "graph.instagram.com"];
        self.app(Self::INSTAGRAM_APP, Platform::Instagram, hosts, base_url)
    }

    pub(super) fn facebook(&self, base_url: &Url) -> Result<AppConfig, ConfigError> {
        let hosts = ["www.facebook.com", "graph.facebook.com", "graph.facebook.com"];
        self.app(Self::FACEBOOK_APP, Platform::Facebook, hosts, base_url)
    }

    /// The sandbox plays all of Meta's hosts on one address; the first part of
    /// the path says which, so that a token sent to the wrong one is refused.
    fn app(
        &self,
        (id, secret): (&str, &str),
        platform: Platform,
        [authorize, token, graph]: [&str; 3],
        base_url: &Url,
    ) -> Result<AppConfig, ConfigError> {
        let address = |host: &str| {
            format!("{}/{host}", self.meta_url())
                .parse::<Url>()
                .map_err(|_| invalid("PILOTLIGHT_SANDBOX_LISTEN", "write it as 127.0.0.1:3010"))
        };
        let endpoints =
            Endpoints { authorize_url: address(authorize)?, token_url: address(token)?, graph_url: address(graph)? };
        Ok(AppConfig {
            client_id: id.to_owned(),
            client_secret: secret.into(),
            redirect_uri: redirect_uri(base_url, platform)?,
            endpoints,
        })
    }
}

fn loopback(variable: &'static str, address: &str) -> Result<SocketAddr, ConfigError> {
    let parsed: SocketAddr = address.parse().map_err(|_| invalid(variable, "write it as 127.0.0.1:3010"))?;
    if parsed.ip().is_loopback() {
        Ok(parsed)
    } else {
        Err(ConfigError::SandboxExposed { variable, address: address.to_owned() })
    }
}

/// The sandbox's own key, made at the first start and kept readable by its owner alone.
pub(super) fn own_key(data_dir: &Path) -> Result<SecretString, ConfigError> {
    let path = data_dir.join("sandbox.key");
    let failed = |source| ConfigError::DataDir { path: path.clone(), source };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Ok(mut file) => {
            let key = KeyRing::new_key();
            file.write_all(key.expose_secret().as_bytes()).map_err(failed)?;
            tracing::info!(path = %path.display(), "made a key for the sandbox; a real installation sets PILOTLIGHT_SECRET_KEY");
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let key = std::fs::read_to_string(&path).map_err(failed)?;
            Ok(key.trim().to_owned().into())
        }
        Err(error) => Err(failed(error)),
    }
}
