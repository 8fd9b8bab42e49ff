//! What visitors would see if …: rehearsed in the preview.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::feed::Post;

/// The state of the world in which a preview is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scenario {
    /// Everything works.
    Healthy,
    /// The token expired.
    Expired,
    /// The person removed the app, or changed the password.
    Revoked,
    /// Meta says: too many calls.
    Limited,
    /// Meta does not answer.
    Down,
    /// The account has no posts.
    Empty,
}

impl Scenario {
    /// What a widget shows then. The promise of the whole product: whatever
    /// happens to the token, the last good feed stays.
    pub fn shown(self, stored: Vec<Post>) -> Vec<Post> {
        match self {
            Self::Healthy | Self::Expired | Self::Revoked | Self::Limited | Self::Down => stored,
            Self::Empty => Vec::new(),
        }
    }
}
