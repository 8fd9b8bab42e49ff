//! The use cases. Transactions begin here; rules are asked of `domain`.

pub mod accounts;
pub mod callbacks;
pub mod client;
pub mod flow;
pub mod health;
pub mod keys;
pub mod people;
pub mod preview;
pub mod queue;
pub mod tokens;
pub mod views;
pub mod widgets;

pub(crate) mod feeds;
pub(crate) mod outbox;
pub(crate) mod sweep;

mod limits;
mod lock;

pub use crate::Error;
