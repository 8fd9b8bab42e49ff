//! Who sent this request: one extension that handlers and server functions read.

use app::cookie;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::Services;
use backend::service::Error;
use backend::service::people::{self, Signed};
use http::HeaderMap;

use crate::http::{State as AppState, page};

/// How many cookies of the session's name are tried: another site of the same
/// domain may have set one as well.
const MOST_SECRETS: usize = 4;

/// Inserts `Option<Signed>`. Files need none, so they cost no look-up.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let mut signed = None;
    if !is_file(request.uri().path()) {
        signed = match find(&state.services, request.headers(), state.cookies.name()).await {
            Ok(signed) => signed,
            Err(error) => return page::internal(&error),
        };
    }
    request.extensions_mut().insert(signed);
    next.run(request).await
}

async fn find(services: &Services, headers: &HeaderMap, name: &str) -> Result<Option<Signed>, Error> {
    for secret in cookie::values(headers, name).filter(|secret| !secret.is_empty()).take(MOST_SECRETS) {
        let signed = people::current(services, &secret.into()).await?;
        if signed.is_some() {
            return Ok(signed);
        }
    }
    Ok(None)
}

fn is_file(path: &str) -> bool {
    path.starts_with("/pkg/") || path.starts_with("/fonts/") || path == "/healthz"
}
