//! Server functions: what the browser may ask of the server. Each is a few
//! lines: who is signed in, one use case, the error in words for people.

pub mod account;
mod call;
#[cfg(feature = "ssr")]
pub mod context;
pub mod deletion;
pub mod error;
mod json;
pub mod person;
pub mod preview;
pub mod queue;
pub mod session;
pub mod theme;
pub mod token;
pub mod widget;
mod wire;

#[cfg(feature = "hydrate")]
pub use call::{ask, send};
pub use error::ApiError;
pub use json::read;
pub use wire::{TextJson, Wire};
