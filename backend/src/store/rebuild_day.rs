//! How often widgets were rebuilt, by day.

use domain::Moment;
use domain::id::WidgetId;
use domain::widget::Outcome;
use sea_orm::Statement;
use sea_orm::entity::prelude::*;

use super::forget::delete_in_batches;
use super::{Db, Result};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "rebuild_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub widget_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Moment,
    pub rebuilt: i32,
    pub failed: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One more rebuild of a widget that exists.
pub(crate) async fn add(db: &impl ConnectionTrait, widget: WidgetId, day: Moment, outcome: Outcome) -> Result<()> {
    let (rebuilt, failed): (i32, i32) = match outcome {
        Outcome::Rebuilt => (1, 0),
        Outcome::Failed(_) => (0, 1),
    };
    let sql = "INSERT INTO rebuild_day (widget_id, day, rebuilt, failed)
         SELECT id, $2, $3, $4 FROM widget WHERE id = $1
         ON CONFLICT (widget_id, day) DO UPDATE SET
             rebuilt = rebuild_day.rebuilt + excluded.rebuilt, failed = rebuild_day.failed + excluded.failed";
    let values = [widget.0.into(), day.into(), rebuilt.into(), failed.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// A widget's rebuilds and failures since a day: `(day, rebuilt, failed)`.
pub(crate) async fn since(
    db: &impl ConnectionTrait,
    widget: WidgetId,
    since: Moment,
) -> Result<Vec<(Moment, u32, u32)>> {
    let rows = Entity::find().filter(Column::WidgetId.eq(widget.0)).filter(Column::Day.gte(since)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.day, row.rebuilt.unsigned_abs(), row.failed.unsigned_abs())).collect())
}

/// Forgets the days before this one.
pub(crate) async fn delete_before(db: &Db, day: Moment) -> Result<u64> {
    delete_in_batches(db, "rebuild_day", "widget_id, day", "day < $1", day).await
}
