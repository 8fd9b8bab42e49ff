//! Looks after one token: takes the step that is due and plans the next one.

use domain::id::TokenId;
use serde::{Deserialize, Serialize};

use crate::Services;
use crate::queue::{Job, JobError};
use crate::service::upkeep;

/// The job of one token. Every token that a machine can help has one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Tend {
    /// Whose.
    pub token: TokenId,
}

impl Job for Tend {
    type Context = Services;
    const KIND: &'static str = "tend";
    /// Meta's refusals are no failures of the job; what fails is our own.
    const MAX_ATTEMPTS: u32 = 20;
    const PRIORITY: i32 = 10;

    fn dedupe_key(&self) -> String {
        self.token.to_string()
    }

    async fn run(&self, services: &Services) -> Result<(), JobError> {
        Ok(upkeep::tend(services, self.token).await?)
    }
}
