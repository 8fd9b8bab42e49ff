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

pub(crate) mod collect;
pub(crate) mod outbox;
pub(crate) mod rebuild;
pub(crate) mod upkeep;

mod connect;
mod demo;
mod extension;
mod feeds;
mod history;
mod limits;
mod lock;
mod names;
mod sharing;
mod spares;
mod string;
mod view;

pub use crate::Error;
