//! The two ways Meta offers to reach an Instagram account.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};

/// The login an account was connected through; a repair goes there again.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Display, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Platform {
    /// Instagram API with Instagram Login.
    Instagram,
    /// Instagram API with Facebook Login.
    Facebook,
}

impl Platform {
    /// Both platforms.
    pub const ALL: [Self; 2] = [Self::Instagram, Self::Facebook];

    /// The name in addresses and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The brand name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instagram => "Instagram",
            Self::Facebook => "Facebook",
        }
    }

    /// The permissions we ask for; all of them must be granted.
    ///
    /// Source: Meta, "Business Login for Instagram" (scopes) and "Instagram
    /// API with Facebook Login", get started.
    pub const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Instagram => &["instagram_business_basic"],
            Self::Facebook => &["instagram_basic", "pages_show_list", "pages_read_engagement"],
        }
    }

    /// The longest that any token lives from its issue, whatever an answer says
    /// or does not say of its end; `None` where tokens may live for ever.
    ///
    /// Sources: Meta, "Instagram API with Instagram Login", get started
    /// (long-lived tokens: 60 days); "Debugging access tokens" (Facebook: an
    /// `expires_at` of 0 means never).
    pub const fn longest_life(self) -> Option<TimeDelta> {
        match self {
            Self::Instagram => Some(TimeDelta::days(60)),
            Self::Facebook => None,
        }
    }

    /// The requested permissions that are not among the granted ones.
    pub fn missing_scopes<'a>(self, granted: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let granted: Vec<&str> = granted.into_iter().map(str::trim).collect();
        self.scopes().iter().filter(|scope| !granted.contains(*scope)).map(|scope| (*scope).to_owned()).collect()
    }
}
