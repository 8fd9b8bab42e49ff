//! The signed callbacks Meta sends to the product.

use crate::{Sandbox, cast::Person, signed::signed_request};
use serde::{Deserialize, Serialize};
use std::{sync::OnceLock, time::Duration};

/// What the product is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Notice {
    /// The person removed the app.
    Deauthorize,
    /// The person asks for their data to be deleted.
    DataDeletion,
}

/// What the product answered.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    pub status: u16,
    pub body: String,
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallbackError {
    #[error("the HTTP client cannot be built: {0}")]
    Client(reqwest::Error),
    #[error("the product cannot be reached: {0}")]
    Unreached(reqwest::Error),
}

/// Tells the product, in the background, what a person did at Meta.
pub(crate) fn notify(sandbox: &Sandbox, person: &'static Person, notice: Notice) {
    let sandbox = sandbox.clone();
    tokio::spawn(async move {
        if let Err(error) = send(&sandbox, person, notice).await {
            tracing::warn!(person = person.username, %error, "the product did not take the callback");
        }
    });
}

/// Posts the signed request to `{product_url}/meta/{platform}/{notice}`, signed with the family's own secret.
pub(crate) async fn send(sandbox: &Sandbox, person: &Person, notice: Notice) -> Result<Answer, CallbackError> {
    let path = match notice {
        Notice::Deauthorize => "deauthorize",
        Notice::DataDeletion => "data-deletion",
    };
    let url = format!("{}/meta/{}/{path}", sandbox.settings().product_url, person.platform.name());
    let signed = signed_request(&sandbox.app(person.platform).client_secret, person.id, sandbox.now());
    let response = client()?
        .post(url)
        .form(&[("signed_request", signed)])
        .send()
        .await
        .map_err(|error| CallbackError::Unreached(error.without_url()))?;
    let status = response.status().as_u16();
    let body = response.text().await.map_err(|error| CallbackError::Unreached(error.without_url()))?;
    Ok(Answer { status, body })
}

/// One client for the life of the program; it is built at the first callback.
fn client() -> Result<reqwest::Client, CallbackError> {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    if let Some(client) = CLIENT.get() {
        return Ok(client.clone());
    }
    // reqwest panics without a provider; the program normally has installed this one, and then this does nothing.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        rustls::crypto::ring::default_provider().install_default().ok();
    }
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(CallbackError::Client)?;
    Ok(CLIENT.get_or_init(|| client).clone())
}
