//! Fetches the posts of one account for all of its widgets, and plans the next time.

use domain::id::AccountId;
use serde::{Deserialize, Serialize};

use crate::Services;
use crate::queue::{Job, JobError};
use crate::service::rebuild;

/// The job of one account. Every account with a widget has one: however many
/// widgets there are, Meta is asked once.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Fetch {
    pub account: AccountId,
}

impl Job for Fetch {
    type Context = Services;
    const KIND: &'static str = "fetch";
    /// Meta's refusals are no failures of the job; what fails is our own.
    const MAX_ATTEMPTS: u32 = 20;
    /// A token's life comes first.
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.account.to_string()
    }

    async fn run(&self, services: &Services) -> Result<(), JobError> {
        Ok(rebuild::account(services, self.account).await?)
    }
}
