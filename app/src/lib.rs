//! What people see: pages, server functions and the design system.
//!
//! - [`page`]: one module per route.
//! - [`part`]: what several pages share.
//! - [`api`]: server functions, a folder per resource and a file per verb.
//! - [`ui`]: parts of pages that call no server.
//! - [`words`]: the sentences for what `domain` decides.

#![recursion_limit = "512"]

#[macro_use]
mod language;

mod action;
mod api;
mod app;
mod brought;
#[cfg(feature = "ssr")]
pub mod cookie;
mod data;
mod draft;
mod erased;
mod layout;
mod live;
#[cfg(feature = "ssr")]
mod mail;
mod page;
mod part;
mod path;
mod prelude;
mod refusal;
mod route;
#[cfg(feature = "ssr")]
mod shell;
mod snippet;
mod theme;
mod time;
mod ui;
mod user;
mod words;

pub use app::App;
#[cfg(feature = "ssr")]
pub use brought::SHOWS;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub use language::load_texts;
#[cfg(feature = "ssr")]
pub use language::{COOKIE as LANGUAGE_COOKIE, in_language, speaking, texts_files, texts_path};
#[cfg(feature = "ssr")]
pub use mail::write as write_mail;
#[cfg(feature = "ssr")]
pub use path::local;
#[cfg(feature = "ssr")]
pub use refusal::Refusal;
pub use route::Route;
#[cfg(feature = "ssr")]
pub use route::is_for_everybody;
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use words::{Door, DoorWords, EmbedWords, field_problem, settings_are_wrong};
