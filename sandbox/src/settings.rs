//! What the sandbox has to be told by the program that runs it.

use std::path::PathBuf;

/// One app as registered at Meta.
#[derive(Debug, Clone)]
pub struct AppCredentials {
    /// The app's id.
    pub client_id: String,
    /// The app's secret; it also signs the callbacks of its family.
    pub client_secret: String,
    /// Redirect URIs allowed besides `{product_url}/auth/{platform}/callback`. Compared character by character.
    pub redirect_uris: Vec<String>,
}

impl AppCredentials {
    /// An app with the standard redirect URI only.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self { client_id: client_id.into(), client_secret: client_secret.into(), redirect_uris: Vec::new() }
    }
}

/// The settings of a sandbox.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the state is kept between runs; `None` keeps it in memory only.
    pub state_file: Option<PathBuf>,
    /// Public base of the Meta router, such as `http://127.0.0.1:4010`; used in picture URLs and `paging.next`.
    pub meta_url: String,
    /// The Instagram app (Instagram API with Instagram Login).
    pub instagram: AppCredentials,
    /// The Meta app (Instagram API with Facebook Login).
    pub facebook: AppCredentials,
    /// Base of the product: allowed redirect URIs and the signed callbacks start with it.
    pub product_url: String,
    /// Where the product lays mails while it has no mail server; shown as a mailbox.
    pub mail_folder: Option<PathBuf>,
    /// Host names the control API answers to besides the loopback ones; needed inside containers.
    pub control_hosts: Vec<String>,
}

impl Settings {
    /// Settings for a sandbox in memory with made-up credentials.
    pub fn new(meta_url: impl Into<String>, product_url: impl Into<String>) -> Self {
        Self {
            state_file: None,
            meta_url: trim(meta_url.into()),
            instagram: AppCredentials::new("6100000000000001", "sandbox-instagram-secret"),
            facebook: AppCredentials::new("7200000000000002", "sandbox-facebook-secret"),
            product_url: trim(product_url.into()),
            mail_folder: None,
            control_hosts: Vec::new(),
        }
    }
}

/// Bases are joined with paths that start with `/`.
fn trim(base: String) -> String {
    base.trim_end_matches('/').to_owned()
}
