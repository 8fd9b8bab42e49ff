//! What happens to a rendered page before it is sent: it is told how many nodes
//! it has, so that a browser sees whether something changed it on its way
//! (`app/src/shell/alive.js`); and it is marked when it may be compressed.

mod nodes;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::service::people::Signed;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Where the page's script expects the number.
const PLACE: &str = "data-nodes=\"?\"";

/// This page holds no secret beside what the address could put into it.
#[derive(Clone)]
struct Compressible;

/// Counts the nodes of a page and judges whether it may be compressed.
///
/// The size of a compressed page tells whether what its address put into it
/// stands elsewhere in it too. So a page of somebody who is signed in is
/// compressed only where the address has no query.
pub async fn layer(request: Request, next: Next) -> Response {
    let signed = request.extensions().get::<Option<Signed>>().is_some_and(Option::is_some);
    let compressible = !signed || request.uri().query().is_none();
    let response = next.run(request).await;
    if !response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let body = match std::str::from_utf8(&bytes) {
        Ok(html) if html.contains(PLACE) => {
            Body::from(html.replacen(PLACE, &format!("data-nodes=\"{}\"", nodes::count(html)), 1))
        }
        _ => Body::from(bytes),
    };
    parts.headers.remove(CONTENT_LENGTH);
    if compressible {
        parts.extensions.insert(Compressible);
    }
    Response::from_parts(parts, body)
}

/// Judges an answer by its status, version, headers and extensions.
type Judge = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Compresses the pages that [`layer`] has marked.
pub fn compression() -> CompressionLayer<Judge> {
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(4))
        .compress_when(|_, _, _, extensions| extensions.get::<Compressible>().is_some())
}
