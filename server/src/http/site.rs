//! Pages and server functions: leptos, with what they find in context.

use app::{App, shell};
use axum::Router;
use axum::handler::Handler;
use http::request::Parts;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list, site_pkg_dir_service};

use super::State;
use crate::middleware::csp::RequestNonce;

/// The routes of all pages and server functions, and the files beside them.
pub fn routes(state: &State) -> Router<State> {
    let options = state.leptos.clone();
    let context = {
        let state = state.clone();
        move || {
            provide_context(state.services.clone());
            provide_context(state.cookies);
            provide_nonce();
        }
    };
    let shell_of = {
        let options = options.clone();
        move || shell(options.clone())
    };
    // Files are not leptos' own to answer: it would take over the status and the
    // headers of whichever page was rendered last on the same thread.
    let missing = file_and_error_handler_with_context::<State, _>(context.clone(), shell).with_state(state.clone());
    Router::new()
        .leptos_routes_with_context(state, generate_route_list(App), context.clone(), shell_of)
        .fallback_service(
            site_pkg_dir_service(&state.leptos).call_fallback_on_method_not_allowed(true).fallback(missing),
        )
}

/// Leptos' scripts carry the nonce that this response's policy names.
fn provide_nonce() {
    if let Some(RequestNonce(nonce)) = use_context::<Parts>().and_then(|parts| parts.extensions.get().cloned()) {
        provide_context(Nonce::from_value(nonce));
    }
}
