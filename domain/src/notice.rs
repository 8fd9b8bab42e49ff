//! What a page says after a redirect: fixed sentences, named in the address.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! notices {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// The result of something a person did elsewhere.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Notice { $($(#[$doc])* $name),* }

        impl Notice {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in the address.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

notices! {
    /// An extension in place worked.
    Extended = "extended",
    /// A person brought a new token through the consent page.
    Refreshed = "refreshed",
    /// The login itself replaced a dead token.
    HealedByLogin = "healed-by-login",
    /// A first connection.
    Connected = "connected",
    /// The public page did its work.
    RefreshedPublic = "refreshed-public",
    /// The extension did not work now; the token still lives.
    TryLater = "try-later",
    /// A widget was made and queued.
    WidgetCreated = "widget-created",
    /// A widget's settings were changed.
    WidgetSaved = "widget-saved",
    /// A widget was destroyed.
    WidgetDeleted = "widget-deleted",
    /// A widget was put into the refresh queue by hand.
    WidgetQueued = "widget-queued",
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word names no notice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such notice")]
pub struct UnknownNotice;

impl FromStr for Notice {
    type Err = UnknownNotice;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|notice| notice.as_str() == text).ok_or(UnknownNotice)
    }
}
