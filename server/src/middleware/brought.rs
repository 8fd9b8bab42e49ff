//! The answer to a form brings what its page shows ([`app::SHOWS`]): below the
//! answer's own line a line for each question, as the page would read it.

use app::SHOWS;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use http::request::Parts;
use leptos_axum::handle_server_fns_with_context;

/// No page of ours asks more.
const MOST_QUESTIONS: usize = 4;

/// Answers the questions in the name of whoever sent the form, once the form has
/// done its work. `context` is what server functions find.
pub async fn layer(context: impl Fn() + Clone + Send + Sync + 'static, request: Request, next: Next) -> Response {
    let shows = request.headers().get(SHOWS).and_then(|shows| shows.to_str().ok()).map(ToOwned::to_owned);
    let Some(shows) = shows.filter(|shows| !shows.is_empty()) else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let asking = parts.clone();
    let (mut head, body) = next.run(Request::from_parts(parts, body)).await.into_parts();
    if head.status != StatusCode::OK || head.headers.get(CONTENT_TYPE) != Some(&JSON) {
        return Response::from_parts(head, body);
    }
    let Ok(mut lines) = to_bytes(body, usize::MAX).await.map(Vec::from) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    for question in shows.split(' ').take(MOST_QUESTIONS) {
        lines.push(b'\n');
        lines.extend(answer(&asking, question, context.clone()).await.unwrap_or_default());
    }
    head.headers.remove(CONTENT_LENGTH);
    Response::from_parts(head, lines.into())
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The line for a path with a query. `None` where no server function answers that.
async fn answer(asking: &Parts, question: &str, context: impl Fn() + Clone + Send + 'static) -> Option<Vec<u8>> {
    let (path, fields) = question.split_once('?')?;
    let mut parts = asking.clone();
    parts.uri = path.parse().ok()?;
    let request = Request::from_parts(parts, Body::from(fields.to_owned()));
    let response = handle_server_fns_with_context(context, request).await.into_response();
    let result = if response.status().is_success() { "Ok" } else { "Err" };
    let is_json = response.headers().get(CONTENT_TYPE) == Some(&JSON);
    let body = to_bytes(response.into_body(), usize::MAX).await.ok().filter(|_| is_json)?;
    Some([b"{\"", result.as_bytes(), b"\":", &body, b"}"].concat())
}
