//! Throws away pictures that no post uses any more.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::queue::{Job, JobError};
use crate::service::collect;
use crate::{Services, queue};

const EVERY: TimeDelta = TimeDelta::minutes(30);

/// There is always exactly one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Collect;

impl Job for Collect {
    type Context = Services;
    const KIND: &'static str = "collect";
    const MAX_ATTEMPTS: u32 = u32::MAX;
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> String {
        String::new()
    }

    async fn run(&self, services: &Services) -> Result<(), JobError> {
        collect::unused_pictures(services).await.map_err(JobError::retry)?;
        let txn = services.db.begin_write().await?;
        queue::enqueue(&txn, self, services.clock.now() + EVERY).await?;
        Ok(txn.commit().await.map_err(crate::store::Error::from)?)
    }
}
