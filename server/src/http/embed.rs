//! What a website loads: the page of a widget, the loader, and the feed as data.
//! Told from memory; no session, no cookie.
//!
//! - [`render`]: from settings and posts to a page, a pure function.
//! - [`encoded`]: an answer in each compression a browser may accept.
//! - [`page`]: everything that is answered for one widget.
//! - [`memory`]: the pages of this process, and which of them are still true.
//! - [`embeds`]: finds a page, in memory or by rendering it.
//! - [`visit`]: whether a request is somebody looking, and on which website.
//! - [`answer`]: the handlers.
//! - [`loader`]: the script that websites put beside a widget.
//! - [`preview`]: the same page, for those who set a widget up.

mod answer;
mod embeds;
mod encoded;
mod loader;
mod memory;
mod page;
pub mod preview;
mod render;
#[cfg(test)]
mod samples;
mod visit;

use axum::Router;
use axum::routing::get;

use super::{State, api};

pub use embeds::{Embeds, Found};
pub use encoded::{Effort, Encoded, Wanted, is_known};
use loader::Loader;
pub use memory::Asked;

/// The routes of widgets. The feed is among them: it is told from the same memory.
pub fn routes(state: &State) -> Router<State> {
    Router::new()
        .route("/embed/{widget}", get(answer::page))
        .route("/api/v1/widgets/{widget}/feed", get(api::feed::feed).options(api::feed::preflight))
        .with_state(Embeds::new(&state.services))
        .route("/embed.js", get(loader::file).with_state(Loader::new(&state.services.origin)))
}
