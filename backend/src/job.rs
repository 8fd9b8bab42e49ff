//! What the worker does, one file per job.

pub(crate) mod collect;
pub(crate) mod fetch;
pub(crate) mod look;
pub(crate) mod sweep;
pub(crate) mod tend;

use crate::queue::{JobError, Registry, Slots, Worker};
use crate::service::Error;
use crate::{Services, queue, store};

/// Makes sure that the periodic work exists. A second worker changes nothing.
///
/// # Errors
/// A failing database.
pub async fn begin(services: &Services) -> Result<(), Error> {
    let txn = services.db.begin_write().await?;
    queue::enqueue(&txn, &sweep::Sweep, services.clock.now()).await?;
    queue::enqueue(&txn, &collect::Collect, services.clock.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The worker of this process, at most `concurrency` jobs at once. A quarter of
/// its slots is kept for what keeps tokens alive.
pub fn worker(services: Services, concurrency: usize) -> Worker<Services> {
    let registry = Registry::new()
        .with::<tend::Tend>()
        .with::<sweep::Sweep>()
        .with::<fetch::Fetch>()
        .with::<look::Look>()
        .with::<collect::Collect>();
    Worker::new(services, registry, Slots { all: concurrency, urgent: concurrency / 4 })
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::AtWork => Self::Blocked,
            error => Self::retry(error),
        }
    }
}
