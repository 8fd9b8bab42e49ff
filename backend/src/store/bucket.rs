//! Rate limits that hold across processes: token buckets.

use domain::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, QuerySelect};

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

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limit {
    /// What is done: the beginning of the bucket's name.
    pub what: &'static str,
    /// So many at once, from a full bucket.
    pub at_once: f64,
    /// So many a second come back.
    pub per_second: f64,
}

impl Limit {
    fn bucket(self, whose: &str) -> String {
        format!("{}:{whose}", self.what)
    }
}

/// Takes one from each bucket, or none from any. When one is empty, the inner
/// error says in how many seconds there will be one again. What was taken stays
/// taken, whatever the caller does next.
pub(crate) async fn take(db: &Db, from: &[(Limit, &str)], now: Moment) -> Result<Result<(), u64>> {
    let txn = db.begin_write().await?;
    let mut wait = 0;
    for (limit, whose) in in_order(from) {
        let filled = filled(&txn, limit, &whose, now).await?;
        if filled < 1.0 {
            wait = wait.max(((1.0 - filled) / limit.per_second).ceil() as u64);
        } else {
            set(&txn, &whose, filled - 1.0, now).await?;
        }
    }
    if wait > 0 {
        return Ok(Err(wait));
    }
    txn.commit().await?;
    Ok(Ok(()))
}

/// Puts back what was taken, because what it was taken for did not count.
pub(crate) async fn give_back(db: &Db, to: &[(Limit, &str)], now: Moment) -> Result<()> {
    let txn = db.begin_write().await?;
    for (limit, whose) in in_order(to) {
        let filled = filled(&txn, limit, &whose, now).await?;
        set(&txn, &whose, (filled + 1.0).min(limit.at_once), now).await?;
    }
    Ok(txn.commit().await?)
}

/// Always in the same order, so that two that lock the same rows never wait for each other.
fn in_order(of: &[(Limit, &str)]) -> Vec<(Limit, String)> {
    let mut named: Vec<_> = of.iter().map(|(limit, whose)| (*limit, limit.bucket(whose))).collect();
    named.sort_by(|(_, one), (_, other)| one.cmp(other));
    named
}

/// How much is in a bucket now. A new one is full.
async fn filled(txn: &DatabaseTransaction, limit: Limit, name: &str, now: Moment) -> Result<f64> {
    let full = ActiveModel { name: Set(name.to_owned()), tokens: Set(limit.at_once), updated_at: Set(now) };
    Entity::insert(full).on_conflict_do_nothing_on([Column::Name]).exec_without_returning(txn).await?;
    // PostgreSQL locks the row; SQLite has only one writer and ignores this.
    let bucket = Entity::find_by_id(name.to_owned()).lock_exclusive().one(txn).await?;
    let bucket = bucket.ok_or(Error::Unreadable { table: "bucket", what: "the row vanished".into() })?;
    let seconds = (now - bucket.updated_at).as_seconds_f64().max(0.0);
    Ok((bucket.tokens + seconds * limit.per_second).min(limit.at_once))
}

/// A clock that went back does not fill it twice.
async fn set(txn: &DatabaseTransaction, name: &str, tokens: f64, now: Moment) -> Result<()> {
    use sea_orm::sea_query::ExprTrait;
    let later = Expr::case(Expr::col(Column::UpdatedAt).lt(now), now).finally(Expr::col(Column::UpdatedAt));
    Entity::update_many()
        .col_expr(Column::Tokens, Expr::value(tokens))
        .col_expr(Column::UpdatedAt, later.into())
        .filter(Column::Name.eq(name))
        .exec(txn)
        .await?;
    Ok(())
}

/// Deletes the buckets nobody took from since `before`, which must be long
/// enough ago for every bucket to be full again.
pub(crate) async fn delete_untouched(db: &Db, before: Moment) -> Result<u64> {
    delete_in_batches(db, "bucket", "name", "updated_at < $1", before).await
}
