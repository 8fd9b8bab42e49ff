//! What happens: use cases, storage, Meta's clients, the job queue.
//!
//! Native, but neither an HTTP server nor pages: those are the `server` and
//! `app` crates above. Rules live below, in `domain`.

pub mod clock;
pub mod config;
pub mod detached;
pub mod job;
pub mod media;
pub mod meta;
pub mod pulse;
pub mod queue;
pub mod random;
pub mod seal;
pub mod service;
pub mod store;
pub mod tls;

mod services;

pub use services::Services;
