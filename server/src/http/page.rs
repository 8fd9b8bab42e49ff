//! Pages of the doors themselves, where no leptos page can answer: small,
//! complete, and with a way on.

use axum::response::{Html, IntoResponse, Response};
use backend::service::Error;
use domain::platform::Platform;
use http::StatusCode;
use http::header::RETRY_AFTER;

/// There is no such thing, or it is not for this person.
pub fn not_found() -> Response {
    page(StatusCode::NOT_FOUND, "There is nothing here", "The address may be mistyped, or what it led to may be gone.")
}

/// This installation has no app for the platform.
pub fn not_configured(platform: Platform) -> Response {
    page(
        StatusCode::NOT_FOUND,
        &format!("{} is not set up here", platform.name()),
        "Whoever runs this installation has not connected it to this platform. Use the other one, or ask them.",
    )
}

/// Something failed that is our fault, or takes too long. Logged here, once.
pub fn internal(error: &Error) -> Response {
    if matches!(error, Error::AtWork) {
        return page(
            StatusCode::SERVICE_UNAVAILABLE,
            "This takes longer than usual",
            "Your request is still being worked on. Please reload this page in a minute: you get its result.",
        );
    }
    tracing::error!(error = error as &dyn std::error::Error, "a request failed");
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "This did not work, and it is our fault",
        "Nothing was changed. Please try again in a minute; if it stays like this, tell whoever runs this installation.",
    )
}

/// Done too often; `seconds` are to be waited.
pub fn too_many(seconds: u64) -> Response {
    let text = format!("Please try again in {seconds} seconds.");
    let mut response = page(StatusCode::TOO_MANY_REQUESTS, "That was too often", &text);
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    response
}

/// A request that never reached a page.
pub fn refused(status: StatusCode) -> Response {
    let (title, text) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("That is too much", "What was sent is larger than any form here. Nothing was changed.")
        }
        StatusCode::FORBIDDEN => (
            "This came from another site",
            "For your safety, forms are only accepted from this site's own pages. Open the page here and try again.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => ("This takes too long", "Please try again in a minute."),
        status if status.is_server_error() => {
            ("This did not work, and it is our fault", "Please try again in a minute.")
        }
        _ => ("This could not be understood", "Nothing was changed. Go back and try again."),
    };
    page(status, title, text)
}

fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · Pilotlight</title>\
         <link rel=\"stylesheet\" href=\"/plain.css\"></head><body><main><h1>{title}</h1><p>{text}</p>\
         <p><a href=\"/\">Back to the start</a></p></main></body></html>"
    );
    (status, Html(html)).into_response()
}
