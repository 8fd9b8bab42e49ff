//! The router, top-down: pages and server functions, then the few routes that
//! others rely on, then what every request passes through.

mod api;
mod archive;
mod auth;
mod callbacks;
mod embed;
mod events;
mod health;
mod language;
mod media;
pub mod page;
mod page_trouble;
mod site;
mod state;
#[cfg(test)]
mod tests;
mod texts;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

pub use state::State;

use crate::middleware;

/// No form of ours comes near it.
const BODY_BYTES: usize = 64 * 1024;

/// Everything this server answers.
pub fn router(state: State) -> Router {
    let site = site::routes(&state);
    Router::new()
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/auth/{platform}/start", get(auth::start))
        .route("/auth/{platform}/callback", get(auth::callback))
        .route("/meta/{platform}/deauthorize", post(callbacks::deauthorize))
        .route("/meta/{platform}/data-deletion", post(callbacks::delete_data))
        .route("/events/queue", get(events::refresh_queue))
        .route("/page-trouble", post(page_trouble::told))
        .route("/settings/data.json", get(archive::download))
        .route("/language", post(language::choose))
        .route("/preview/{account}", get(embed::preview::page))
        .merge(site)
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn(middleware::document::layer))
        .layer(axum::middleware::from_fn_with_state(state.clone(), middleware::refusal::layer))
        .layer(axum::middleware::from_fn_with_state(state.clone(), middleware::session::layer))
        .layer(axum::middleware::from_fn_with_state(state.clone(), middleware::csp::layer))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES))
        .layer(middleware::csrf::layer(&state.base_url))
        .layer(axum::middleware::from_fn_with_state(
            middleware::csrf::Watch::new(&state.base_url),
            middleware::csrf::watch,
        ))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::SERVICE_UNAVAILABLE, middleware::REQUEST_TIMEOUT))
        .layer(axum::middleware::from_fn_with_state(state.proxies.clone(), middleware::client::layer))
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn(middleware::plain_errors::layer))
        .layer(axum::middleware::from_fn(middleware::language::layer))
        .layer(middleware::document::compression())
        .layer(axum::middleware::map_response(middleware::cache::written))
        .layer(axum::middleware::from_fn(middleware::trace::layer))
        .merge(public(&state))
        .with_state(state)
}

/// What visitors of websites load: no session, no cookie, no form, and so
/// nothing of what protects those. Answered from memory, as fast as can be.
fn public(state: &State) -> Router<State> {
    Router::new()
        .merge(embed::routes(state))
        .merge(api::routes())
        .route("/media/{name}", get(media::picture))
        .route("/texts/{name}", get(texts::file))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::SERVICE_UNAVAILABLE, middleware::PUBLIC_TIMEOUT))
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::map_response(middleware::cache::written))
        .layer(axum::middleware::map_response(middleware::csp::for_websites))
}
