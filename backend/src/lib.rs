//! What happens: use cases, storage, Meta's clients, the job queue.
//!
//! Native, but neither an HTTP server nor pages: those are the `server` and
//! `app` crates above. Rules live below, in `domain`.

pub mod clock;
pub mod config;
pub mod demo;
pub mod detached;
mod error;
pub mod event;
pub mod job;
pub mod mail;
pub mod media;
pub mod meta;
pub mod pulse;
pub mod queue;
pub mod random;
pub mod seal;
pub mod service;
pub mod store;
mod task;
pub mod tls;
pub mod views;
mod work;

mod services;

pub use error::Error;
pub use services::Services;
