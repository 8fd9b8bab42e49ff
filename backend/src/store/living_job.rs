//! Whether there is a job for a row: what the sweep looks for.

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::convert::id_as_text;

/// The job of this kind that waits or runs under a row's id as dedupe key.
pub(super) fn living_job(backend: DbBackend, kind: &str, id: &str) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from("job")
        // The states are those of the partial index `job_living`, word for word.
        .and_where(Expr::cust("state IN ('ready', 'running')"))
        .and_where(Expr::col("kind").eq(kind))
        .and_where(Expr::col("dedupe_key").eq(Expr::cust(id_as_text(backend, id))))
        .take()
}
