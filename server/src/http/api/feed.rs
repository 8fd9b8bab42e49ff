//! The feed of a widget, for the websites that may have it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::id::WidgetId;
use domain::language::Language;
use domain::widget::Source;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
    ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::document::{Failure, Feed};
use crate::http::embed::{Asked, Embeds, Found, Wanted};
use crate::middleware::cache::Keep;

const ANY: HeaderValue = HeaderValue::from_static("*");

/// The posts of a widget
///
/// Browsers may read it on the websites that the widget allows, or everywhere
/// if it names none.
#[utoipa::path(
    get,
    path = "/api/v1/widgets/{widget}/feed",
    tag = "widgets",
    params(("widget" = String, Path, format = Uuid, description = "The widget's id")),
    responses(
        (status = 200, description = "What the widget shows", body = Feed,
         headers(("ETag" = String, description = "Send it back as If-None-Match"))),
        (status = 304, description = "It is what you have"),
        (status = 404, description = "There is no such widget", body = Failure),
        (status = 503, description = "Try again in a minute", body = Failure),
    )
)]
pub async fn feed(State(embeds): State<Embeds>, Path(widget): Path<String>, headers: HeaderMap) -> Response {
    let page = match find(&embeds, &widget).await {
        Found::Page(page) => page,
        Found::Missing => return failed(StatusCode::NOT_FOUND, "not_found", "There is no such widget."),
        Found::Failed => {
            return failed(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Please try again in a minute.");
        }
    };
    let mut response = page.json.answer(Wanted::of(&headers));
    let reader = reader(page.origins.as_deref(), &headers);
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding, Origin"));
    if let Some(reader) = reader {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, reader);
    }
    (Keep::Asking, response).into_response()
}

/// What a browser asks before a request with headers of its own.
pub async fn preflight(State(embeds): State<Embeds>, Path(widget): Path<String>, headers: HeaderMap) -> Response {
    let reader = match find(&embeds, &widget).await {
        Found::Page(page) => reader(page.origins.as_deref(), &headers),
        Found::Missing | Found::Failed => Some(ANY),
    };
    let answer = [
        (VARY, HeaderValue::from_static("Origin")),
        (ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD")),
        (ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("If-None-Match")),
        (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600")),
    ];
    let mut response = (StatusCode::NO_CONTENT, answer).into_response();
    if let Some(reader) = reader {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, reader);
    }
    response
}

async fn find(embeds: &Embeds, widget: &str) -> Found {
    match widget.parse::<WidgetId>() {
        // What the feed says is the same in every language.
        Ok(widget) => embeds.find(Asked { widget, language: Language::default() }).await,
        Err(_) => Found::Missing,
    }
}

/// The website that may read the answer, if it is one that may.
fn reader(allowed: Option<&[Source]>, headers: &HeaderMap) -> Option<HeaderValue> {
    let Some(allowed) = allowed else {
        return Some(ANY);
    };
    let origin = headers.get(ORIGIN)?;
    let name = origin.to_str().ok()?;
    allowed.iter().any(|allowed| allowed.allows(name)).then(|| origin.clone())
}

fn failed(status: StatusCode, code: &'static str, message: &'static str) -> Response {
    (status, [(ACCESS_CONTROL_ALLOW_ORIGIN, ANY)], Json(Failure::new(code, message))).into_response()
}

#[cfg(test)]
mod tests {
    use domain::widget::Site;

    use super::*;

    #[test]
    fn only_allowed_websites_may_read_it() {
        let sites = Site::parse("https://shop.example").unwrap().sources();
        let read = |allowed: Option<&[Source]>, origin: Option<&'static str>| {
            let origin = origin.map(|origin| (ORIGIN, HeaderValue::from_static(origin)));
            reader(allowed, &origin.into_iter().collect::<HeaderMap>())
        };
        assert_eq!(read(None, Some("https://any.example")).unwrap(), "*");
        assert_eq!(read(Some(&sites), Some("https://shop.example")).unwrap(), "https://shop.example");
        for stranger in ["https://shop.example.evil.example", "http://shop.example", "null", "https://shop.example/"] {
            assert_eq!(read(Some(&sites), Some(stranger)), None, "{stranger}");
        }
        assert_eq!(read(Some(&sites), None), None);
    }
}
