//! Pages of the doors themselves, where no leptos page can answer: small,
//! complete, and with a way on.

use app::{Door, DoorWords};
use axum::response::{Html, IntoResponse, Response};
use backend::service::Error;
use domain::platform::Platform;
use http::StatusCode;
use http::header::RETRY_AFTER;
use maud::{DOCTYPE, html};

/// There is no such thing, or it is not for this person.
pub fn not_found() -> Response {
    page(StatusCode::NOT_FOUND, Door::Nothing)
}

/// This installation has no app for the platform.
pub fn not_configured(platform: Platform) -> Response {
    page(StatusCode::NOT_FOUND, Door::NotConfigured(platform))
}

/// Something failed that is our fault, or takes too long. Logged here, once.
pub fn internal(error: &Error) -> Response {
    if matches!(error, Error::AtWork) {
        return page(StatusCode::SERVICE_UNAVAILABLE, Door::AtWork);
    }
    tracing::error!(error = error as &dyn std::error::Error, "a request failed");
    page(StatusCode::SERVICE_UNAVAILABLE, Door::Failed)
}

/// Done too often; `seconds` are to be waited.
pub fn too_many(seconds: u64) -> Response {
    let mut response = page(StatusCode::TOO_MANY_REQUESTS, Door::TooOften(seconds));
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    response
}

/// A request that never reached a page.
pub fn refused(status: StatusCode) -> Response {
    let door = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Door::TooMuch,
        StatusCode::FORBIDDEN => Door::OtherSite,
        StatusCode::SERVICE_UNAVAILABLE => Door::TooSlow,
        status if status.is_server_error() => Door::FailedSomehow,
        _ => Door::Garbled,
    };
    page(status, door)
}

fn page(status: StatusCode, door: Door) -> Response {
    let DoorWords { lang, title, text, start } = door.words();
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Pilotlight" }
                link rel="stylesheet" href="/plain.css";
            }
            body {
                main {
                    h1 { (title) }
                    p { (text) }
                    p { a href="/" { (start) } }
                }
            }
        }
    };
    (status, Html(page.into_string())).into_response()
}
