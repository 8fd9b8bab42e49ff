//! Locks that hold across processes, with an end in case their holder dies.

use domain::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{Condition, TryInsertResult};

use super::{Db, Result};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "lock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub holder: String,
    pub until: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes the lock if it is free or its time is over. `false` when another
/// holder has it, and equally when this one has it already.
pub(crate) async fn try_acquire(db: &Db, name: &str, holder: &str, now: Moment, until: Moment) -> Result<bool> {
    let row = ActiveModel { name: Set(name.to_owned()), holder: Set(holder.to_owned()), until: Set(until) };
    let if_over = OnConflict::column(Column::Name)
        .update_columns([Column::Holder, Column::Until])
        .action_and_where(Expr::col((Entity, Column::Until)).lte(now))
        .to_owned();
    let txn = db.begin_write().await?;
    let taken = Entity::insert(row).on_conflict(if_over).try_insert().exec_without_returning(&txn).await?;
    txn.commit().await?;
    Ok(matches!(taken, TryInsertResult::Inserted(1)))
}

/// Whether nobody has the lock, or its time is over.
pub(crate) async fn is_free(db: &impl ConnectionTrait, name: &str, now: Moment) -> Result<bool> {
    let row = Entity::find_by_id(name.to_owned()).one(db).await?;
    Ok(row.is_none_or(|row| row.until <= now))
}

/// Holds the lock for longer. `false` when somebody else has it by now.
pub(crate) async fn renew(db: &Db, name: &str, holder: &str, until: Moment) -> Result<bool> {
    let txn = db.begin_write().await?;
    let mine = Condition::all().add(Column::Name.eq(name)).add(Column::Holder.eq(holder));
    let renewed = Entity::update_many().col_expr(Column::Until, Expr::value(until)).filter(mine).exec(&txn).await?;
    txn.commit().await?;
    Ok(renewed.rows_affected == 1)
}

/// Gives the lock back. Nothing happens when somebody else has it by now.
pub(crate) async fn release(db: &Db, name: &str, holder: &str) -> Result<()> {
    let txn = db.begin_write().await?;
    let mine = Condition::all().add(Column::Name.eq(name)).add(Column::Holder.eq(holder));
    Entity::delete_many().filter(mine).exec(&txn).await?;
    Ok(txn.commit().await?)
}
