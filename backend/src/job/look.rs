//! Looks at one token out of turn, because an account of it has lost its name.

use domain::id::TokenId;
use serde::{Deserialize, Serialize};

use crate::Services;
use crate::queue::{Job, JobError};
use crate::service::upkeep;

/// The job of one token. Should it fail, the daily check does the same.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Look {
    /// Whose.
    pub token: TokenId,
}

impl Job for Look {
    type Context = Services;
    const KIND: &'static str = "look";
    /// Meta's refusals are no failures of the job; what fails is our own.
    const MAX_ATTEMPTS: u32 = 5;
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.token.to_string()
    }

    async fn run(&self, services: &Services) -> Result<(), JobError> {
        Ok(upkeep::look(services, self.token).await?)
    }
}
