//! Deleting what has had its time, a little at a time.

use domain::Moment;
use sea_orm::{ConnectionTrait, Statement};

use super::{Db, Result};

/// So many rows that nobody else waits long for the database's write lock.
const AT_ONCE: u64 = 1000;

/// Deletes the rows of a table that fit a condition on `$1`, in transactions of
/// their own, and returns how many there were. `key` names the columns of its primary key; the condition needs an index.
pub(super) async fn delete_in_batches(
    db: &Db,
    table: &'static str,
    key: &'static str,
    condition: &'static str,
    before: Moment,
) -> Result<u64> {
    let sql =
        format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {condition} LIMIT {AT_ONCE})");
    let mut all = 0;
    loop {
        let txn = db.begin_write().await?;
        let statement = Statement::from_sql_and_values(txn.get_database_backend(), sql.as_str(), [before.into()]);
        let deleted = txn.execute_raw(statement).await?.rows_affected();
        txn.commit().await?;
        all += deleted;
        if deleted < AT_ONCE {
            return Ok(all);
        }
    }
}
