//! Refusals that no page has dressed get a page of their own.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_TYPE};

use crate::http::page;

/// Replaces a bare error by a page, for whoever reads pages.
pub async fn layer(request: Request, next: Next) -> Response {
    let reads_pages = request.headers().get(ACCEPT).is_some_and(|accept| contains(accept.as_bytes(), b"text/html"));
    let response = next.run(request).await;
    let status = response.status();
    let dressed = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| contains(kind.as_bytes(), b"text/html") || contains(kind.as_bytes(), b"json"));
    if reads_pages && !dressed && (status.is_client_error() || status.is_server_error()) {
        return page::refused(status);
    }
    response
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
