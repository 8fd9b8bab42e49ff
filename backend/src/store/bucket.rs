//! Rate limits that hold across processes: token buckets.

use domain::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::forget::delete_in_batches;
use super::{Db, Error, Result};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "bucket")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub tokens: f64,
    pub updated_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes one from a bucket that holds `capacity` and is refilled
/// `per_second`. When it is empty, the inner error says in how many seconds
/// there will be one again. What was taken stays taken, whatever the caller
/// does next.
pub(crate) async fn take(db: &Db, name: &str, capacity: f64, per_second: f64, now: Moment) -> Result<Result<(), u64>> {
    let txn = db.begin_write().await?;
    let full = ActiveModel { name: Set(name.to_owned()), tokens: Set(capacity), updated_at: Set(now) };
    Entity::insert(full).on_conflict_do_nothing_on([Column::Name]).exec_without_returning(&txn).await?;
    // PostgreSQL locks the row; SQLite has only one writer and ignores this.
    let bucket = Entity::find_by_id(name.to_owned()).lock_exclusive().one(&txn).await?;
    let bucket = bucket.ok_or(Error::Unreadable { table: "bucket", what: "the row vanished".into() })?;

    let seconds = (now - bucket.updated_at).as_seconds_f64().max(0.0);
    let filled = (bucket.tokens + seconds * per_second).min(capacity);
    if filled < 1.0 {
        return Ok(Err(((1.0 - filled) / per_second).ceil() as u64));
    }
    Entity::update_many()
        .col_expr(Column::Tokens, Expr::value(filled - 1.0))
        .col_expr(Column::UpdatedAt, Expr::value(now.max(bucket.updated_at)))
        .filter(Column::Name.eq(name))
        .exec(&txn)
        .await?;
    txn.commit().await?;
    Ok(Ok(()))
}

/// Deletes the buckets nobody took from since `before`, which must be long
/// enough ago for every bucket to be full again.
pub(crate) async fn delete_untouched(db: &Db, before: Moment) -> Result<u64> {
    delete_in_batches(db, "bucket", "name", "updated_at < $1", before).await
}
