//! Putting jobs into the queue, inside the transaction that causes them.

use domain::Moment;
use sea_orm::{ConnectionTrait, Statement};

use super::Job;
use crate::random;
use crate::store::Error;

/// A job that waits moves to the earlier of the two moments. One that runs is
/// marked to run once more, at the earliest moment anybody asked for.
const ENQUEUE: &str = "
    run_at = CASE WHEN job.state = 'ready' AND excluded.run_at < job.run_at
             THEN excluded.run_at ELSE job.run_at END,
    again_at = CASE WHEN job.state = 'running' AND (job.again_at IS NULL OR excluded.run_at < job.again_at)
               THEN excluded.run_at ELSE job.again_at END";

/// A job that waits moves to this moment and has all its attempts again. One
/// that runs is marked to run once more, at this moment.
const RESCHEDULE: &str = "
    run_at = CASE WHEN job.state = 'ready' THEN excluded.run_at ELSE job.run_at END,
    attempts = CASE WHEN job.state = 'ready' THEN 0 ELSE job.attempts END,
    again_at = CASE WHEN job.state = 'running' THEN excluded.run_at ELSE NULL END";

/// Makes sure that this job runs at `run_at` or earlier. If the same job waits
/// already, it moves earlier, never later; if it runs, it runs once more.
///
/// # Errors
/// The database fails.
pub(crate) async fn enqueue<J: Job>(db: &impl ConnectionTrait, job: &J, run_at: Moment) -> Result<(), Error> {
    upsert(db, job, run_at, ENQUEUE).await
}

/// Makes sure that this job runs next at `run_at`, neither earlier nor later.
/// If it runs, it runs once more at that moment; so a job may reschedule itself.
///
/// # Errors
/// The database fails.
pub(crate) async fn reschedule<J: Job>(db: &impl ConnectionTrait, job: &J, run_at: Moment) -> Result<(), Error> {
    upsert(db, job, run_at, RESCHEDULE).await
}

async fn upsert<J: Job>(
    db: &impl ConnectionTrait,
    job: &J,
    run_at: Moment,
    if_living: &'static str,
) -> Result<(), Error> {
    let payload = serde_json::to_value(job)
        .map_err(|error| Error::Unreadable { table: "job", what: format!("payload of {}: {error}", J::KIND) })?;
    // The conflict's target is the partial index `job_living`, word for word.
    let sql = format!(
        "INSERT INTO job (id, kind, payload, dedupe_key, state, run_at, attempts)
         VALUES ($1, $2, $3, $4, 'ready', $5, 0)
         ON CONFLICT (kind, dedupe_key) WHERE state IN ('ready', 'running')
         DO UPDATE SET payload = excluded.payload, {if_living}"
    );
    let values = [random::new_id().into(), J::KIND.into(), payload.into(), job.dedupe_key().into(), run_at.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
