//! What visitors would see if …: rehearsed in the preview.

use serde::{Deserialize, Serialize};

use super::settings::choices;
use crate::feed::Post;

choices! {
    /// The state of the world in which a preview is shown.
    Scenario {
        /// Everything works.
        Healthy = "healthy",
        /// The token expired.
        Expired = "expired",
        /// The person removed the app, or changed the password.
        Revoked = "revoked",
        /// Meta says: too many calls.
        Limited = "limited",
        /// Meta does not answer.
        Down = "down",
        /// The account has no posts.
        Empty = "empty",
    }
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
