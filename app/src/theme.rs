//! Light, dark, or as the system says. Kept in a cookie, so that the server
//! paints the first page right.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The cookie's name.
#[cfg(feature = "ssr")]
pub const COOKIE: &str = "pilotlight_theme";

/// What somebody chose.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Theme {
    /// As `prefers-color-scheme` says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// The theme of this page: from the cookie.
#[cfg(feature = "ssr")]
pub fn current() -> Theme {
    crate::api::context::cookie(COOKIE).and_then(|word| word.parse().ok()).unwrap_or_default()
}

/// The theme of this page: as the server painted it.
#[cfg(not(feature = "ssr"))]
pub fn current() -> Theme {
    let word = leptos::prelude::document().document_element().and_then(|html| html.get_attribute("data-theme"));
    word.and_then(|word| word.parse().ok()).unwrap_or_default()
}
