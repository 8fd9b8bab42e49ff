#![doc = include_str!("../README.md")]

mod callback;
mod cast;
mod clock;
mod control;
mod error;
mod html;
mod meta;
mod picture;
mod random;
mod sandbox;
mod serve;
mod settings;
mod signed;
mod state;

#[cfg(test)]
mod tests;

pub use cast::Platform;
pub use error::Error;
pub use sandbox::Sandbox;
pub use serve::serve;
pub use settings::{AppCredentials, Settings};
