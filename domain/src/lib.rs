//! What is true: words and rules, no I/O.
//!
//! Everything that decides about a token lives in [`token`], as functions of
//! stored [`token::Facts`] and `now`. Both sides of the wire use these types.

pub mod id;
pub mod notice;
pub mod person;
pub mod platform;
pub mod token;
pub mod view;

/// A moment, always in UTC.
pub type Moment = chrono::DateTime<chrono::Utc>;
