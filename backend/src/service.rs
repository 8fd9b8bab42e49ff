//! The use cases. Transactions begin here; rules are asked of `domain`.

pub mod accounts;
pub mod callbacks;
pub mod error;
pub mod people;
pub mod tokens;

pub use error::Error;
