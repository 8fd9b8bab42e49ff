//! Restores what must always be true, whatever happened: every token that a
//! machine can help, and every widget, has its job. Clears away what has had
//! its time.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::queue::{Job, JobError};
use crate::service::upkeep;
use crate::{Services, queue};

const EVERY: TimeDelta = TimeDelta::minutes(10);

/// There is always exactly one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sweep;

impl Job for Sweep {
    type Context = Services;
    const KIND: &'static str = "sweep";
    const MAX_ATTEMPTS: u32 = u32::MAX;
    /// Cheap and rare; a backlog must not starve it.
    const PRIORITY: i32 = 20;

    fn dedupe_key(&self) -> String {
        String::new()
    }

    async fn run(&self, services: &Services) -> Result<(), JobError> {
        upkeep::sweep(services).await.map_err(JobError::retry)?;
        let txn = services.db.begin_write().await?;
        queue::enqueue(&txn, self, services.clock.now() + EVERY).await?;
        Ok(txn.commit().await.map_err(crate::store::Error::from)?)
    }
}
