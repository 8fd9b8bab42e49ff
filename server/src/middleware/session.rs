//! Who sent this request: one extension that handlers and server functions read.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use backend::service::people::{self, Signed};

use crate::http::{State as AppState, page};

/// Inserts `Option<Signed>`. Files need none, so they cost no look-up.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let secret =
        CookieJar::from_headers(request.headers()).get(state.cookies.name()).map(|cookie| cookie.value().to_owned());
    let signed: Option<Signed> = match secret {
        Some(secret) if !is_file(request.uri().path()) => {
            match people::current(&state.services, &secret.into()).await {
                Ok(signed) => signed,
                Err(error) => return page::internal(&error),
            }
        }
        _ => None,
    };
    request.extensions_mut().insert(signed);
    next.run(request).await
}

fn is_file(path: &str) -> bool {
    path.starts_with("/pkg/") || path.starts_with("/fonts/") || path == "/healthz"
}
