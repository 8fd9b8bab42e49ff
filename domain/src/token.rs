//! The life of an access token, decided by pure functions of facts and `now`.
//!
//! - [`facts`]: what is stored about a token.
//! - [`observe`]: how an answer of Meta changes the facts, and what history says.
//! - [`status`]: ACTIVE or NOT ACTIVE, and why.
//! - [`outlook`]: what is to be said of a token that is alive and may not stay so.
//! - [`remedy`]: what the button does now: ask Meta, or lead to the consent page.
//! - [`plan`]: when the token is extended next, and the last safe moment.
//! - [`agenda`]: what the worker does next for a token, and when.
//! - [`history`]: the entries people read.
//! - [`sharing`]: whether Meta shows us the accounts that live by a token.
//! - [`spare`]: which of several tokens an account lives by.
//! - [`turns`]: when that changes by itself, for lists.
//! - [`life_line`]: the picture of a life.

pub mod agenda;
pub mod facts;
pub mod history;
pub mod life_line;
pub mod observe;
pub mod outlook;
pub mod plan;
pub mod remedy;
pub mod sharing;
pub mod spare;
pub mod status;
pub mod turns;

#[cfg(test)]
mod tests;

pub use facts::{Death, Doubt, Ending, Facts, Failure, Life, MetaAnswer, Question, Suspension, SuspensionKind, Try};
pub use history::{Event, EventKind, Repeated, Trigger};
pub use observe::{Grant, Observation, Refusal, Verdict, connected, observe};
pub use outlook::{Foreseen, Worry, needs_somebody, worries};
pub use remedy::{Consent, Remedy, remedy};
pub use sharing::{Sight, Unshared, account_remedy, account_status, sighted};
pub use spare::{Support, moves, support};
pub use status::{Cause, Status, status};
pub use turns::{Turns, turns};
