//! Taking jobs out of the queue, so that no two workers get the same one.

use chrono::TimeDelta;
use domain::Moment;
use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::random;
use crate::store::{Db, Error};

/// How long a claim holds without a heartbeat.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A job that this worker holds.
#[derive(Debug, Clone)]
pub(super) struct Claimed {
    pub id: Uuid,
    pub kind: &'static str,
    pub payload: Json,
    /// Including the one that begins now.
    pub attempts: u32,
    /// Whoever finishes the job must name the claim it was taken with.
    pub lease: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    payload: Json,
    attempts: i32,
}

/// What a worker can take.
#[derive(Debug, Clone)]
pub(super) struct Room {
    /// The kinds it knows, in the order in which they are taken, and whether each is urgent.
    pub kinds: Vec<(&'static str, bool)>,
    /// So many jobs in all.
    pub free: usize,
    /// Of them, so many that are not urgent.
    pub free_for_others: usize,
}

/// Takes jobs that are due, as far as there is room: kind by kind in the given
/// order, and within a kind the longest due first.
pub(super) async fn claim(db: &Db, mut room: Room, now: Moment, wall: Moment) -> Result<Vec<Claimed>, Error> {
    let lease = random::new_id().to_string();
    let mut claimed = Vec::new();
    let txn = db.begin_write().await?;
    take_back(&txn, wall).await?;
    let sql = claim_sql(txn.get_database_backend());
    for (kind, urgent) in room.kinds {
        let most = if urgent { room.free } else { room.free.min(room.free_for_others) };
        if most == 0 {
            continue;
        }
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let values = [kind.into(), now.into(), limit.into(), lease.as_str().into(), (wall + LEASE).into()];
        let statement = Statement::from_sql_and_values(txn.get_database_backend(), sql.as_str(), values);
        let rows = Row::find_by_statement(statement).all(&txn).await?;
        room.free = room.free.saturating_sub(rows.len());
        if !urgent {
            room.free_for_others = room.free_for_others.saturating_sub(rows.len());
        }
        for row in rows {
            let attempts = u32::try_from(row.attempts).unwrap_or(u32::MAX);
            claimed.push(Claimed { id: row.id, kind, payload: row.payload, attempts, lease: lease.clone() });
        }
    }
    txn.commit().await?;
    Ok(claimed)
}

/// One kind at a time, so that the index `job_due` yields exactly the rows
/// wanted: neither jobs that are not due nor those of unknown kinds cost anything.
///
/// The CTE matters on PostgreSQL: a bare sub-select may be evaluated again and
/// exceed its limit. SQLite has one writer, so it needs no lock clause.
pub(super) fn claim_sql(backend: DbBackend) -> String {
    let lock = if backend == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    format!(
        "WITH picked AS (
             SELECT id FROM job WHERE state = 'ready' AND kind = $1 AND run_at <= $2
             ORDER BY run_at, id LIMIT $3 {lock}
         )
         UPDATE job SET state = 'running', attempts = attempts + 1, locked_by = $4, locked_until = $5
         WHERE id IN (SELECT id FROM picked)
         RETURNING id, payload, attempts"
    )
}

/// Work whose worker went silent is ready again.
async fn take_back(db: &impl ConnectionTrait, wall: Moment) -> Result<(), Error> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), TAKE_BACK_SQL, [wall.into()]);
    let lost = db.execute_raw(statement).await?.rows_affected();
    if lost > 0 {
        tracing::warn!(jobs = lost, "a worker went silent; its jobs are run again");
    }
    Ok(())
}

pub(super) const TAKE_BACK_SQL: &str = "
    UPDATE job SET state = 'ready', locked_by = NULL, locked_until = NULL
    WHERE state = 'running' AND locked_until < $1";
