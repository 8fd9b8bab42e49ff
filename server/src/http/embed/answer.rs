//! The handlers of a widget's page.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::id::WidgetId;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::{Asked, Embeds, Found, Wanted, visit};
use crate::middleware::cache::Keep;
use crate::middleware::language;

/// Whoever frames it: nothing is said of that.
const EMPTY_POLICY: &str = "default-src 'none'";
/// A transparent frame of no height: the website around it stays whole.
const EMPTY: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
                     <meta name=\"robots\" content=\"noindex\"><title>Nothing here</title></head><body></body></html>";

/// `GET /embed/{widget}`: the page in the frame. `…/{widget}.html` is the same,
/// as the old service wrote it.
pub async fn page(
    State(embeds): State<Embeds>,
    Path(widget): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let Ok(widget) = widget.strip_suffix(".html").unwrap_or(&widget).parse::<WidgetId>() else {
        return empty(StatusCode::NOT_FOUND);
    };
    let language = language::asked(&headers).unwrap_or_default();
    let page = match embeds.find(Asked { widget, language }).await {
        Found::Page(page) => page,
        Found::Missing => return empty(StatusCode::NOT_FOUND),
        Found::Failed => return empty(StatusCode::SERVICE_UNAVAILABLE),
    };
    let services = embeds.services();
    if method == Method::GET
        && let Some(site) = visit::site(&headers, &services.origin)
    {
        services.views.count(widget, site);
    }
    let mut response = page.html.answer(Wanted::of(&headers));
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, page.policy.clone());
    if page.by_visitor {
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding, Accept-Language"));
    }
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    (Keep::Asking, response).into_response()
}

/// No widget, or none that can be shown now.
pub fn empty(status: StatusCode) -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, EMPTY_POLICY)];
    (status, headers, EMPTY).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_page_breaks_nothing() {
        let response = empty(StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[CONTENT_SECURITY_POLICY], EMPTY_POLICY);
        assert!(EMPTY.ends_with("<body></body></html>") && !EMPTY.contains("script"));
    }
}
