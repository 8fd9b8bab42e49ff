//! Giving claimed jobs back: finished, to be tried again, or given up.
//!
//! Each statement names the claim. Whoever lost their lease changes nothing.

use domain::Moment;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::claim::{Claimed, LEASE};
use crate::store::{Db, Error};

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    /// The work is done.
    Done,
    /// To be tried again at this moment.
    Retry { at: Moment, why: String },
    /// Put back until this moment, as if it had not run.
    Blocked { at: Moment },
    /// Given up.
    Dead { why: String },
}

/// A job that was asked for again while it ran is ready again with all its
/// attempts. Any other is over.
const OVER: &str = "
    UPDATE job SET
        state = CASE WHEN again_at IS NULL THEN $3 ELSE 'ready' END,
        run_at = COALESCE(again_at, run_at),
        attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END,
        finished_at = CASE WHEN again_at IS NULL THEN $4 ELSE NULL END,
        last_error = $5, again_at = NULL, locked_by = NULL, locked_until = NULL
    WHERE id = $1 AND locked_by = $2 AND state = 'running'";

/// Whoever asked for the job while it ran need not wait for the pause to end.
const RETRY: &str = "
    UPDATE job SET
        state = 'ready',
        run_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
        last_error = $4, again_at = NULL, locked_by = NULL, locked_until = NULL
    WHERE id = $1 AND locked_by = $2 AND state = 'running'";

/// As if it had never been claimed, but later.
const BLOCKED: &str = "
    UPDATE job SET
        state = 'ready', attempts = attempts - 1,
        run_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
        again_at = NULL, locked_by = NULL, locked_until = NULL
    WHERE id = $1 AND locked_by = $2 AND state = 'running'";

/// As if it had never been claimed.
const RELEASE: &str = "
    UPDATE job SET state = 'ready', attempts = attempts - 1, locked_by = NULL, locked_until = NULL
    WHERE id = $1 AND locked_by = $2 AND state = 'running'";

const EXTEND: &str = "UPDATE job SET locked_until = $3 WHERE id = $1 AND locked_by = $2 AND state = 'running'";

pub(super) const PURGE: &str = "DELETE FROM job WHERE state IN ('done', 'dead') AND finished_at < $1";

/// Writes how a run ended. `false` when the lease was lost: somebody else has
/// the job by now, and nothing was changed.
pub(super) async fn finish(db: &Db, job: &Claimed, ending: Ending, wall: Moment) -> Result<bool, Error> {
    let lease = [job.id.into(), job.lease.as_str().into()];
    match ending {
        Ending::Done => change(db, OVER, lease, ["done".into(), wall.into(), None::<String>.into()]).await,
        Ending::Dead { why } => change(db, OVER, lease, ["dead".into(), wall.into(), why.into()]).await,
        Ending::Blocked { at } => change(db, BLOCKED, lease, [at.into()]).await,
        Ending::Retry { at, why } => change(db, RETRY, lease, [at.into(), why.into()]).await,
    }
}

/// Gives a job back that was not run to its end; the attempt does not count.
pub(super) async fn release(db: &Db, job: &Claimed) -> Result<bool, Error> {
    change(db, RELEASE, [job.id.into(), job.lease.as_str().into()], []).await
}

/// A sign of life: the lease holds for another while. `false` when it was lost.
pub(super) async fn extend(db: &Db, job: &Claimed, wall: Moment) -> Result<bool, Error> {
    change(db, EXTEND, [job.id.into(), job.lease.as_str().into()], [(wall + LEASE).into()]).await
}

/// Deletes what was finished or given up before `before`. Returns how many.
pub(super) async fn purge(db: &Db, before: Moment) -> Result<u64, Error> {
    let txn = db.begin_write().await?;
    let statement = Statement::from_sql_and_values(txn.get_database_backend(), PURGE, [before.into()]);
    let purged = txn.execute_raw(statement).await?.rows_affected();
    txn.commit().await?;
    Ok(purged)
}

async fn change<const N: usize>(db: &Db, sql: &str, lease: [Value; 2], values: [Value; N]) -> Result<bool, Error> {
    let txn = db.begin_write().await?;
    let values = lease.into_iter().chain(values);
    let statement = Statement::from_sql_and_values(txn.get_database_backend(), sql, values);
    let changed = txn.execute_raw(statement).await?.rows_affected();
    txn.commit().await?;
    Ok(changed == 1)
}
