//! Looks after one token: takes the step that is due and says when the next one is.

use domain::id::TokenId;
use serde::{Deserialize, Serialize};

/// The job of one token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tend {
    /// Whose.
    pub token: TokenId,
}
