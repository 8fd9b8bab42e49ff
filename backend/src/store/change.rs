//! What changed in the last minutes, for the other processes.

use domain::Moment;
use domain::id::WidgetId;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Db, Result};
use crate::pulse::Change;
use crate::random;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: Moment,
    pub kind: String,
    pub widget_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Writes changes down, in the transaction that makes them.
pub(crate) async fn insert(db: &impl ConnectionTrait, changes: &[Change], wall: Moment) -> Result<Vec<Uuid>> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<ActiveModel> = changes
        .iter()
        .map(|change| {
            let (kind, widget) = match change {
                Change::Shown(widget) => ("shown", widget),
                Change::Queue(widget) => ("queue", widget),
            };
            ActiveModel {
                id: Set(random::new_id()),
                at: Set(wall),
                kind: Set(kind.to_owned()),
                widget_id: Set(widget.0),
            }
        })
        .collect();
    let ids = rows.iter().filter_map(|row| row.id.try_as_ref().copied()).collect();
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(ids)
}

/// The changes since a moment, oldest first.
pub(crate) async fn since(db: &impl ConnectionTrait, at: Moment) -> Result<Vec<(Uuid, Change)>> {
    let rows = Entity::find().filter(Column::At.gte(at)).order_by_asc(Column::At).order_by_asc(Column::Id);
    Ok(rows.all(db).await?.iter().filter_map(|row| Some((row.id, read(row)?))).collect())
}

/// Forgets the changes before this moment.
pub(crate) async fn delete_before(db: &Db, at: Moment) -> Result<()> {
    let txn = db.begin_write().await?;
    Entity::delete_many().filter(Column::At.lt(at)).exec(&txn).await?;
    Ok(txn.commit().await?)
}

/// `None` for what a newer version wrote and this one does not know.
fn read(row: &Model) -> Option<Change> {
    match row.kind.as_str() {
        "shown" => Some(Change::Shown(WidgetId(row.widget_id))),
        "queue" => Some(Change::Queue(WidgetId(row.widget_id))),
        _ => None,
    }
}
