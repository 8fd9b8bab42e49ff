//! What is true: words and rules, no I/O.
//!
//! Everything that decides about a token lives in [`token`], as functions of
//! stored [`token::Facts`] and `now`. What a widget shows and when it is rebuilt
//! is decided in [`feed`] and [`widget`]. Both sides of the wire use these types.

pub mod authorization;
pub mod feed;
pub mod form;
pub mod id;
pub mod language;
pub mod mail;
pub mod member;
pub mod name;
pub mod notice;
pub mod page;
pub mod person;
pub mod platform;
pub mod token;
pub mod view;
pub mod widget;
pub mod word;

/// A moment, always in UTC.
pub type Moment = chrono::DateTime<chrono::Utc>;

/// A text that is none of what it was read as. Types that are always valid are
/// read through the constructor that forms use, from wherever they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no {0}")]
pub struct Refused(pub &'static str);
