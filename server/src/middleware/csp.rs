//! The content security policy and its kin. Each response gets a nonce of its
//! own; leptos' scripts carry it.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::random;
use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use crate::http::State as AppState;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// The nonce of one response.
#[derive(Clone)]
pub struct RequestNonce(pub String);

/// Sets the headers that tell a browser what this site never does.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = random::secret().expose_secret().to_owned();
    let policy = policy(&nonce, &state.consent_origins);
    request.extensions_mut().insert(RequestNonce(nonce));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if state.cookies.secure {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(http::header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    response
}

/// The headers of what other websites load. Such a website may have asked its
/// visitors' browsers to load nothing that does not allow it
/// (`Cross-Origin-Embedder-Policy`), and to frame nothing that loads more than
/// that itself.
pub async fn for_websites(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    headers.insert(EMBEDDER_POLICY, HeaderValue::from_static("require-corp"));
    response
}

/// `form-action` names the consent pages: the refresh form may be redirected there.
fn policy(nonce: &str, consent_origins: &[String]) -> String {
    let reload = if cfg!(debug_assertions) { " ws:" } else { "" };
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'{reload}; object-src 'none'; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
        consent_origins.join(" ")
    )
}
