//! Light, dark, or as the system says. Kept with the person, and in a cookie, so
//! that the server paints the first page right.

use domain::person::Theme;

/// The cookie's name.
#[cfg(feature = "ssr")]
pub const COOKIE: &str = "pilotlight_theme";

/// The theme of this page: from the person, or the cookie.
#[cfg(feature = "ssr")]
pub fn current() -> Theme {
    use crate::api::context::{cookie, signed};

    let chosen = signed().and_then(|signed| signed.profile.theme);
    chosen.or_else(|| cookie(COOKIE)?.parse().ok()).unwrap_or_default()
}

/// The theme of this page: as the server painted it.
#[cfg(not(feature = "ssr"))]
pub fn current() -> Theme {
    let word = leptos::prelude::document().document_element().and_then(|html| html.get_attribute("data-theme"));
    word.and_then(|word| word.parse().ok()).unwrap_or_default()
}
