//! Where jobs stand in the queue.

use domain::Moment;
use domain::view::FARTHEST;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::Job;
use crate::store::Error;

/// Where a living job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A worker is at it.
    Running,
    /// Its time has come; so many of its kind are taken before it, and itself.
    Due {
        /// 1 is next; [`FARTHEST`] is that, or more.
        position: u32,
    },
    /// Its time has not come.
    Planned,
}

#[derive(FromQueryResult)]
struct Row {
    dedupe_key: String,
    state: String,
    position: Option<i64>,
}

/// Where those of these jobs stand that wait or run, by their dedupe key.
///
/// # Errors
/// The database fails.
pub(crate) async fn standing<J: Job>(
    db: &impl ConnectionTrait,
    jobs: &[J],
    now: Moment,
) -> Result<Vec<(String, Standing)>, Error> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = (3..jobs.len() + 3).map(|number| format!("${number}")).collect();
    // The order is that of the claim.
    let sql = format!(
        "SELECT job.dedupe_key, job.state,
             CASE WHEN job.state = 'ready' AND job.run_at <= $2 THEN (
                 SELECT COUNT(*) FROM (
                     SELECT 1 FROM job AS other
                     WHERE other.state = 'ready' AND other.kind = $1 AND other.run_at <= $2
                       AND (other.run_at < job.run_at OR (other.run_at = job.run_at AND other.id <= job.id))
                     LIMIT {FARTHEST}
                 ) AS ahead
             ) END AS position
         FROM job
         WHERE job.kind = $1 AND job.state IN ('ready', 'running') AND job.dedupe_key IN ({})",
        keys.join(", ")
    );
    let values = [Value::from(J::KIND), now.into()].into_iter().chain(jobs.iter().map(|job| job.dedupe_key().into()));
    let rows = Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let read = |row: Row| {
        let standing = match (row.state.as_str(), row.position) {
            ("running", _) => Standing::Running,
            (_, Some(position)) => Standing::Due { position: u32::try_from(position).unwrap_or(u32::MAX) },
            (_, None) => Standing::Planned,
        };
        (row.dedupe_key, standing)
    };
    Ok(rows.all(db).await?.into_iter().map(read).collect())
}
