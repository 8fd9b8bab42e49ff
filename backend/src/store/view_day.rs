//! How often widgets were loaded, by day and website. No address, no cookie,
//! nothing about a visitor.

use std::collections::HashMap;

use domain::Moment;
use domain::id::WidgetId;
use domain::view::SiteViews;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

use super::Result;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "view_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub widget_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Moment,
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: String,
    pub views: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who names sites is a stranger: beyond this many of a widget and day, views
/// are counted under no name.
const MOST_SITES: u64 = 200;

/// Adds views. Those of a widget that is gone by now are dropped.
pub(crate) async fn add(
    db: &impl ConnectionTrait,
    widget: WidgetId,
    day: Moment,
    site: &str,
    views: u64,
) -> Result<()> {
    let of_day = || Entity::find().filter(Column::WidgetId.eq(widget.0)).filter(Column::Day.eq(day));
    let known = of_day().filter(Column::Site.eq(site)).count(db).await? > 0;
    let site = if known || of_day().count(db).await? < MOST_SITES { site } else { "" };
    let sql = "INSERT INTO view_day (widget_id, day, site, views)
         SELECT id, $2, $3, $4 FROM widget WHERE id = $1
         ON CONFLICT (widget_id, day, site) DO UPDATE SET views = view_day.views + excluded.views";
    let views = i64::try_from(views).unwrap_or(i64::MAX);
    let values = [widget.0.into(), day.into(), site.into(), views.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct PerWidget {
    widget_id: Uuid,
    views: i64,
}

/// The views of each of these widgets since a day.
pub(crate) async fn totals(
    db: &impl ConnectionTrait,
    widgets: &[WidgetId],
    since: Moment,
) -> Result<HashMap<WidgetId, u64>> {
    use sea_orm::QuerySelect;

    let rows = Entity::find()
        .select_only()
        .column(Column::WidgetId)
        .column_as(Expr::cust("CAST(SUM(views) AS BIGINT)"), "views")
        .filter(Column::WidgetId.is_in(widgets.iter().map(|widget| widget.0)))
        .filter(Column::Day.gte(since))
        .group_by(Column::WidgetId)
        .into_model::<PerWidget>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (WidgetId(row.widget_id), row.views.unsigned_abs())).collect())
}

/// Every day and website of a widget since a day.
pub(crate) async fn since(
    db: &impl ConnectionTrait,
    widgets: &[WidgetId],
    since: Moment,
) -> Result<Vec<(Moment, SiteViews)>> {
    let rows = Entity::find()
        .filter(Column::WidgetId.is_in(widgets.iter().map(|widget| widget.0)))
        .filter(Column::Day.gte(since))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.day, SiteViews { site: row.site, views: row.views.unsigned_abs() })).collect())
}

/// Forgets the days before this one.
pub(crate) async fn delete_before(db: &impl ConnectionTrait, day: Moment) -> Result<()> {
    Entity::delete_many().filter(Column::Day.lt(day)).exec(db).await?;
    Ok(())
}
