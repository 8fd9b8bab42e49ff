//! The control side: a page for people and a JSON API for tests.

mod api;
mod clock;
mod faults;
mod forms;
mod guard;
mod mailbox;
mod page;
mod people;
mod problem;
mod world;

use crate::{Sandbox, html};
use axum::{
    Router, middleware,
    response::Redirect,
    routing::{get, post},
};

/// The control router.
pub(crate) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/sandbox") }))
        .route("/sandbox", get(page::show))
        .route("/sandbox.css", get(|| async { html::style() }))
        .route("/sandbox/people", post(forms::people))
        .route("/sandbox/clock", post(forms::clock))
        .route("/sandbox/faults", post(forms::faults))
        .route("/sandbox/switches", post(forms::switches))
        .route("/sandbox/reset", post(forms::reset))
        .route("/sandbox/mail", get(mailbox::show))
        .route("/sandbox/mail/{id}", get(mailbox::open))
        .route("/control/mails", get(mailbox::list))
        .route("/control/world", get(world::show))
        .route("/control/clock", get(clock::show).post(clock::set))
        .route("/control/people/{username}/{fault}", post(people::act_by_path))
        .route("/control/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/control/switches", get(api::switches).post(api::set_switches))
        .route("/control/reset", post(api::reset))
        .route("/control/send", post(api::send))
        .route("/control/tokens", post(api::make_token))
        .route("/control/calls", get(api::calls).delete(api::clear_calls))
        .fallback(api::unknown)
        .layer(middleware::from_fn_with_state(sandbox.clone(), guard::guard))
        .with_state(sandbox)
}
