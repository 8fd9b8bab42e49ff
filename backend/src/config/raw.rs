//! The values as people write them. The README's table describes each.

use std::path::PathBuf;

use serde::Deserialize;

/// What file, environment and flags say, unchecked.
#[derive(Clone, Deserialize)]
#[serde(default)]
pub struct Raw {
    /// `PILOTLIGHT_LISTEN`
    pub listen: String,
    /// `PILOTLIGHT_BASE_URL`
    pub base_url: Option<String>,
    /// `PILOTLIGHT_DATABASE_URL`
    pub database_url: Option<String>,
    /// `PILOTLIGHT_DATA_DIR`
    pub data_dir: PathBuf,
    /// `PILOTLIGHT_SECRET_KEY`
    pub secret_key: Option<String>,
    /// `PILOTLIGHT_TRUSTED_PROXIES`: addresses or networks, comma-separated
    pub trusted_proxies: Option<String>,
    /// `PILOTLIGHT_INSTAGRAM_CLIENT_ID`
    pub instagram_client_id: Option<String>,
    /// `PILOTLIGHT_INSTAGRAM_CLIENT_SECRET`
    pub instagram_client_secret: Option<String>,
    /// `PILOTLIGHT_INSTAGRAM_AUTHORIZE_URL`: whole
    pub instagram_authorize_url: Option<String>,
    /// `PILOTLIGHT_INSTAGRAM_TOKEN_URL`: the base of api.instagram.com
    pub instagram_token_url: Option<String>,
    /// `PILOTLIGHT_INSTAGRAM_GRAPH_URL`: the base of graph.instagram.com
    pub instagram_graph_url: Option<String>,
    /// `PILOTLIGHT_FACEBOOK_CLIENT_ID`
    pub facebook_client_id: Option<String>,
    /// `PILOTLIGHT_FACEBOOK_CLIENT_SECRET`
    pub facebook_client_secret: Option<String>,
    /// `PILOTLIGHT_FACEBOOK_DIALOG_URL`: the base of www.facebook.com
    pub facebook_dialog_url: Option<String>,
    /// `PILOTLIGHT_FACEBOOK_GRAPH_URL`: the base of graph.facebook.com
    pub facebook_graph_url: Option<String>,
    /// `PILOTLIGHT_MEDIA_HOSTS`: `host` or `host:port`, comma-separated
    pub media_hosts: Option<String>,
    /// `PILOTLIGHT_MEDIA_STORE`: `s3://bucket/prefix`
    pub media_store: Option<String>,
    /// `PILOTLIGHT_S3_ENDPOINT`
    pub s3_endpoint: Option<String>,
    /// `PILOTLIGHT_S3_REGION`
    pub s3_region: String,
    /// `PILOTLIGHT_S3_ACCESS_KEY_ID`
    pub s3_access_key_id: Option<String>,
    /// `PILOTLIGHT_S3_SECRET_ACCESS_KEY`
    pub s3_secret_access_key: Option<String>,
    /// `PILOTLIGHT_SMTP_URL`: `smtps://name:password@host`, or `smtp://host:587?tls=required`
    pub smtp_url: Option<String>,
    /// `PILOTLIGHT_MAIL_FROM`: `Pilotlight <pilotlight@example.com>`
    pub mail_from: Option<String>,
    /// `PILOTLIGHT_SANDBOX`
    pub sandbox: Option<bool>,
    /// `PILOTLIGHT_SANDBOX_LISTEN`: where the imitation of Meta answers
    pub sandbox_listen: String,
    /// `PILOTLIGHT_SANDBOX_CONTROL_LISTEN`: where people and tests steer it
    pub sandbox_control_listen: String,
}

impl Default for Raw {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:3000".to_owned(),
            base_url: None,
            database_url: None,
            data_dir: "data".into(),
            secret_key: None,
            trusted_proxies: None,
            instagram_client_id: None,
            instagram_client_secret: None,
            instagram_authorize_url: None,
            instagram_token_url: None,
            instagram_graph_url: None,
            facebook_client_id: None,
            facebook_client_secret: None,
            facebook_dialog_url: None,
            facebook_graph_url: None,
            media_hosts: None,
            media_store: None,
            s3_endpoint: None,
            s3_region: "us-east-1".to_owned(),
            s3_access_key_id: None,
            s3_secret_access_key: None,
            smtp_url: None,
            mail_from: None,
            sandbox: None,
            sandbox_listen: "127.0.0.1:3010".to_owned(),
            sandbox_control_listen: "127.0.0.1:3011".to_owned(),
        }
    }
}

impl Raw {
    /// File, then environment, then flags. An empty value counts as not set.
    pub(super) fn load(overrides: &[(&str, String)]) -> Result<Self, config::ConfigError> {
        let environment = config::Environment::with_prefix("PILOTLIGHT").prefix_separator("_").ignore_empty(true);
        let mut builder = config::Config::builder()
            .add_source(config::File::with_name("pilotlight").required(false))
            .add_source(environment);
        for (key, value) in overrides {
            builder = builder.set_override(key, value.clone())?;
        }
        builder.build()?.try_deserialize()
    }
}
