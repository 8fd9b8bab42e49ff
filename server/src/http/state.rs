//! What handlers share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::FromRef;
use backend::Services;
use backend::config::Config;
use backend::service::people::CookiePolicy;
use leptos::config::LeptosOptions;
use tokio::sync::watch;
use url::Url;

use super::events::{Stop, Streams};
use super::health::Readiness;
use crate::middleware::client::Proxies;

/// Cheap to clone.
#[derive(Clone, FromRef)]
pub struct State {
    /// The use cases' doors to the outside.
    pub services: Services,
    /// Where leptos finds its files.
    pub leptos: LeptosOptions,
    /// How cookies are set.
    pub cookies: CookiePolicy,
    /// Where forms may lead, besides here: the consent pages.
    pub consent_origins: Arc<[String]>,
    /// The public origin.
    pub base_url: Arc<Url>,
    /// Who may say where a request comes from.
    pub proxies: Arc<Proxies>,
    /// Who listens to live events.
    pub streams: Streams,
    /// Whether the database takes reads and writes.
    pub readiness: Readiness,
    /// Ends what would go on for ever.
    pub stop: Stop,
}

impl State {
    /// Finds the site's files beside the program.
    ///
    /// # Errors
    /// When the program does not know its own place.
    pub fn new(services: Services, config: &Config, stop: watch::Receiver<bool>) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let folder = program.parent().unwrap_or(Path::new("."));
        let origins = [&config.instagram, &config.facebook]
            .into_iter()
            .flatten()
            .map(|app| app.endpoints.authorize_url.origin().ascii_serialization());
        let leptos = LeptosOptions::builder()
            .output_name("pilotlight")
            .site_root(site_root(folder).to_string_lossy().into_owned())
            .site_addr(config.listen)
            .hash_files(folder.join("hash.txt").exists())
            .build();
        Ok(Self {
            services,
            leptos,
            cookies: CookiePolicy { secure: config.is_https() },
            consent_origins: origins.collect(),
            base_url: Arc::new(config.base_url.clone()),
            proxies: Proxies::new(config.trusted_proxies.clone()),
            streams: Streams::default(),
            readiness: Readiness::default(),
            stop: Stop(stop),
        })
    }
}

/// `site` beside the program, as it is shipped; or `target/site`, as it is built.
fn site_root(folder: &Path) -> PathBuf {
    [folder.join("site"), folder.join("../site")]
        .into_iter()
        .find(|path| path.is_dir())
        .unwrap_or_else(|| PathBuf::from("target/site"))
}
