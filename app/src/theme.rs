//! Light, dark, or as the system says. Kept in a cookie, so that the server
//! paints the first page right.

use serde::{Deserialize, Serialize};

/// The cookie's name.
#[cfg(feature = "ssr")]
pub const COOKIE: &str = "pilotlight_theme";

/// What somebody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As `prefers-color-scheme` says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in the cookie and in `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word).unwrap_or_default()
    }
}

/// The theme of this page: from the cookie.
#[cfg(feature = "ssr")]
pub fn current() -> Theme {
    crate::api::context::cookie(COOKIE).map_or(Theme::default(), |word| Theme::from_word(&word))
}

/// The theme of this page: as the server painted it.
#[cfg(not(feature = "ssr"))]
pub fn current() -> Theme {
    let word = leptos::prelude::document().document_element().and_then(|html| html.get_attribute("data-theme"));
    word.map_or(Theme::default(), |word| Theme::from_word(&word))
}
