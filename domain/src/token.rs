//! The life of an access token, decided by pure functions of facts and `now`.
//!
//! - [`facts`]: what is stored about a token.
//! - [`observe`]: how an answer of Meta changes the facts, and what history says.
//! - [`status`]: ACTIVE or NOT ACTIVE, why, and what helps.
//! - [`plan`]: when the token is extended next, and the last safe moment.
//! - [`agenda`]: what the worker does next for a token, and when.
//! - [`history`]: the entries people read.
//! - [`life_line`]: the picture of a life.

pub mod agenda;
pub mod facts;
pub mod history;
pub mod life_line;
pub mod observe;
pub mod plan;
pub mod status;

#[cfg(test)]
mod tests;

pub use facts::{Death, Ending, Facts, Life, MetaAnswer, Suspension, SuspensionKind, Try};
pub use history::{Event, EventKind, Failure, Trigger};
pub use observe::{Grant, Observation, Refusal, Verdict, connected, observe};
pub use status::{Cause, Consent, Remedy, Status, remedy, status};
