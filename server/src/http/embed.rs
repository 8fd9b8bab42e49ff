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
//! - [`preview`]: the same page, for those who set a widget up.

mod answer;
mod embeds;
mod encoded;
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
pub use encoded::{Effort, Encoded, Wanted};

/// What must be asked again, but may be served meanwhile while that happens:
/// a browser always asks, a cache in front of us once a minute.
pub const CACHE: &str = "public, max-age=0, s-maxage=60, stale-while-revalidate=600";

/// The routes of widgets. The feed is among them: it is told from the same memory.
pub fn routes(state: &State) -> Router<State> {
    Router::new()
        .route("/embed/{widget}", get(answer::page))
        .route("/api/v1/widgets/{widget}/feed", get(api::feed::feed).options(api::feed::preflight))
        .with_state(Embeds::new(&state.services))
        .route("/embed.js", get(answer::loader))
}
