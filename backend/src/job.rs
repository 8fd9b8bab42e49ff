//! What the worker does: which use case each kind of job calls.

use chrono::TimeDelta;

use crate::queue::{Job, JobError, Registry, Slots, Worker};
use crate::service::feeds::{collect, rebuild};
use crate::service::people::password;
use crate::service::tokens::upkeep;
use crate::service::{outbox, sweep};
use crate::task::{Collect, Fetch, Forgot, Look, Send, Sweep, Tend};
use crate::{Error, Services, queue, store};

const SWEEP_EVERY: TimeDelta = TimeDelta::minutes(10);
const COLLECT_EVERY: TimeDelta = TimeDelta::minutes(30);

/// Makes sure that the periodic work exists. A second worker changes nothing.
///
/// # Errors
/// A failing database.
pub async fn begin(s: &Services) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    queue::enqueue(&txn, &Sweep, s.clock.now()).await?;
    queue::enqueue(&txn, &Collect, s.clock.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The worker of this process, at most `concurrency` jobs at once. A quarter of
/// its slots is kept for what keeps tokens alive.
pub fn worker(services: Services, concurrency: usize) -> Worker<Services> {
    let registry = Registry::new()
        .with(|s: Services, job: Tend| async move { Ok(upkeep::tend(&s, job.token).await?) })
        .with(|s: Services, job: Look| async move { Ok(upkeep::look(&s, job.token).await?) })
        .with(|s: Services, job: Fetch| async move { Ok(rebuild::account(&s, job.account).await?) })
        .with(|s: Services, job: Send| async move { Ok(outbox::send(&s, job.mail).await?) })
        .with(|s: Services, job: Forgot| async move { Ok(password::send_link(&s, &job).await?) })
        .with(sweep)
        .with(throw_away);
    Worker::new(services, registry, Slots { all: concurrency, urgent: concurrency / 4 })
}

async fn sweep(s: Services, job: Sweep) -> Result<(), JobError> {
    sweep::sweep(&s).await.map_err(JobError::retry)?;
    again(&s, &job, SWEEP_EVERY).await
}

async fn throw_away(s: Services, job: Collect) -> Result<(), JobError> {
    collect::unused_pictures(&s).await.map_err(JobError::retry)?;
    again(&s, &job, COLLECT_EVERY).await
}

async fn again(s: &Services, job: &impl Job, after: TimeDelta) -> Result<(), JobError> {
    let txn = s.db.begin_write().await?;
    queue::enqueue(&txn, job, s.clock.now() + after).await?;
    Ok(txn.commit().await.map_err(store::Error::from)?)
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::AtWork => Self::Blocked,
            error => Self::retry(error),
        }
    }
}
