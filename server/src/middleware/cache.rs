//! How long answers may be kept.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use http::header::CACHE_CONTROL;

/// Files with a hash in their name never change; other files seldom do; pages
/// are for one person at one moment.
pub async fn layer(request: Request, next: Next) -> Response {
    let policy = policy(request.uri().path());
    let mut response = next.run(request).await;
    let policy = if response.status().is_success() { policy } else { "no-store" };
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(policy));
    response
}

fn policy(path: &str) -> &'static str {
    let last = path.rsplit('/').next().unwrap_or_default();
    if path.starts_with("/pkg/") && last.split('.').count() > 2 {
        "public, max-age=31536000, immutable"
    } else if path.starts_with("/pkg/") || last.contains('.') {
        "public, max-age=3600"
    } else {
        "no-store"
    }
}
