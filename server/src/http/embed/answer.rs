//! The handlers of what a website loads.

use std::sync::LazyLock;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::id::WidgetId;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::encoded::Effort;
use super::{CACHE, Embeds, Encoded, Found, Wanted, render, visit};

/// How long a website keeps the loader.
const LOADER_CACHE: &str = "public, max-age=3600, stale-while-revalidate=86400";
const EMPTY_POLICY: &str = "default-src 'none'; frame-ancestors *";
/// A transparent frame of no height: the website around it stays whole.
const EMPTY: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
                     <meta name=\"robots\" content=\"noindex\"><title>Nothing here</title></head><body></body></html>";

static LOADER: LazyLock<Option<Encoded>> = LazyLock::new(|| {
    let script = render::small(include_str!("loader.js"));
    Encoded::new("text/javascript; charset=utf-8", &script, "", Effort::Best).ok()
});

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
    let page = match embeds.find(widget).await {
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
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHE));
    headers.insert(CONTENT_SECURITY_POLICY, page.policy.clone());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    response
}

/// `GET /embed.js`: the loader.
pub async fn loader(headers: HeaderMap) -> Response {
    let Some(loader) = &*LOADER else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let mut response = loader.answer(Wanted::of(&headers));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(LOADER_CACHE));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let anywhere = HeaderValue::from_static("cross-origin");
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), anywhere);
    response
}

/// No widget, or none that can be shown now.
pub fn empty(status: StatusCode) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, EMPTY_POLICY),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, EMPTY).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_is_small() {
        let loader = LOADER.as_ref().unwrap();
        println!("loader: {} bytes, {} packed", loader.text().len(), loader.packed());
        assert!(loader.packed() <= 1_536, "{} bytes", loader.packed());
        assert!(!loader.text().windows(2).any(|two| two == b"//"), "no comments, no address but its own");
    }

    #[test]
    fn an_empty_page_breaks_nothing() {
        let response = empty(StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[CONTENT_SECURITY_POLICY], EMPTY_POLICY);
        assert!(EMPTY.ends_with("<body></body></html>") && !EMPTY.contains("script"));
    }
}
