//! The use cases. Transactions begin here; rules are asked of `domain`.

pub mod accounts;
pub mod callbacks;
pub mod error;
pub mod flow;
pub mod health;
pub mod keys;
pub mod people;
pub mod tokens;

pub(crate) mod upkeep;

mod connect;
mod extension;
mod lock;
mod record;
mod view;

pub use error::Error;
