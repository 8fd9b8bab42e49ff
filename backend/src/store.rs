//! What is kept: sea-orm entities and queries, one file per table.
//!
//! Queries are free functions. They take a connection, which is either
//! [`Db::reader`] or a transaction from [`Db::begin_write`], and never the
//! time of their own accord. Look-ups return `Option`; what belongs to
//! somebody is looked up together with its owner, so that a stranger's id
//! finds nothing. Rules are not decided here.

pub(crate) mod account;
pub(crate) mod account_list;
pub(crate) mod bucket;
mod convert;
mod db;
pub(crate) mod deletion;
mod error;
pub(crate) mod event;
pub(crate) mod feed;
pub(crate) mod flow;
mod forget;
pub(crate) mod history;
pub(crate) mod identity;
pub(crate) mod item;
mod living_job;
pub(crate) mod lock;
pub(crate) mod mail;
pub(crate) mod membership;
pub(crate) mod person;
pub(crate) mod picture;
pub(crate) mod post;
pub(crate) mod rebuild_day;
pub(crate) mod session;
pub(crate) mod spare;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub(crate) mod ticket;
pub(crate) mod token;
pub(crate) mod view_day;
pub(crate) mod widget;
pub(crate) mod widget_list;

pub use db::{Db, connect};
pub use error::Error;

/// What every query returns.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;
