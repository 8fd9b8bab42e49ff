//! The language of the page, and its texts.

mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

use leptos::prelude::use_context;

pub use generated::i18n::Locale;

/// The text of a key of `locales/*.json`, in the language of the page:
/// `text!(nav.log_out)`, `text!(account.heading, username = name)`.
///
/// A page keeps its language until it is loaded anew, so this tracks nothing.
macro_rules! text {
    ($($key:tt)*) => {
        leptos_i18n::td_string!($crate::language::current(), $($key)*)
    };
}

/// The language of the page. Call it while rendering.
pub fn current() -> Locale {
    use_context().unwrap_or_default()
}

/// Its code, as in `<html lang>`.
pub fn code() -> &'static str {
    leptos_i18n::Locale::as_str(current())
}
