//! Pages and server functions: leptos, with what they find in context.

use std::sync::LazyLock;

use app::{App, shell};
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use domain::language::Language;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, file_and_error_handler_with_context, generate_route_list, site_pkg_dir_service,
};

use super::State;
use crate::middleware::brought;
use crate::middleware::cache::Keep;
use crate::middleware::csp::RequestNonce;

/// The pages, found once. While leptos looks for them it suppresses every resource of the process
/// (`leptos_server::resource`, a static): a page that is rendered meanwhile would wait for its data for ever.
pub static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// The routes of all pages and server functions, and the files beside them.
pub fn routes(state: &State) -> Router<State> {
    let options = state.leptos.clone();
    let context = {
        let state = state.clone();
        move || {
            provide_context(state.services.clone());
            provide_context(state.cookies);
            provide_nonce();
            provide_language();
        }
    };
    let shell_of = {
        let options = options.clone();
        move || shell(options.clone())
    };
    // Files are not leptos' own to answer: it would take over the status and the
    // headers of whichever page was rendered last on the same thread.
    let missing = file_and_error_handler_with_context::<State, _>(context.clone(), shell).with_state(state.clone());
    let files = site_pkg_dir_service(&state.leptos).call_fallback_on_method_not_allowed(true).fallback(missing);
    let files = Router::new().fallback_service(files).layer(middleware::from_fn(kept));
    let bringing = {
        let context = context.clone();
        middleware::from_fn(move |request, next| brought::layer(context.clone(), request, next))
    };
    Router::new()
        .leptos_routes_with_context(state, PAGES.clone(), context.clone(), shell_of)
        .route_layer(bringing)
        .fallback_service(files)
}

/// Files with a hash in their name never change; other files seldom do. The
/// page that says that there is no such file is a page like any other.
async fn kept(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let name = path.rsplit('/').next().unwrap_or_default();
    let keep = if path.starts_with("/pkg/") && name.split('.').count() > 2 { Keep::Forever } else { Keep::AnHour };
    let response = next.run(request).await;
    let is_page = response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page { response } else { (keep, response).into_response() }
}

/// Pages are told in the language of their request.
fn provide_language() {
    if let Some(language) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Language>().copied()) {
        provide_context(language);
    }
}

/// Leptos' scripts carry the nonce that this response's policy names.
fn provide_nonce() {
    if let Some(RequestNonce(nonce)) = use_context::<Parts>().and_then(|parts| parts.extensions.get().cloned()) {
        provide_context(Nonce::from_value(nonce));
    }
}
