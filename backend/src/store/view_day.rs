//! How often widgets were loaded, by day and website. No address, no cookie,
//! nothing about a visitor.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::Moment;
use domain::id::{AccountId, WidgetId};
use domain::view::SiteViews;
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, FromQueryResult, Statement};

use super::forget::delete_in_batches;
use super::{Db, Result, widget};

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
pub enum Relation {
    #[sea_orm(belongs_to = "super::widget::Entity", from = "Column::WidgetId", to = "super::widget::Column::Id")]
    Widget,
}

impl ActiveModelBehavior for ActiveModel {}

/// Who names sites is a stranger: beyond this many of a widget and day, views
/// are counted under no name.
const MOST_SITES: usize = 200;

/// Views of one website that show a widget.
pub(crate) type Seen = (WidgetId, String, u64);

/// Rows that one statement writes: four values each, of the 32,766 that SQLite takes.
const AT_ONCE: usize = 1000;

/// Adds the views of a day. Those of a widget that is gone by now are dropped.
pub(crate) async fn add(txn: &DatabaseTransaction, day: Moment, views: Vec<Seen>) -> Result<()> {
    let views = under_known_names(txn, day, views).await?;
    for chunk in views.chunks(AT_ONCE) {
        upsert(txn, day, chunk).await?;
    }
    Ok(())
}

/// Names too many of a widget and day become no name.
async fn under_known_names(txn: &DatabaseTransaction, day: Moment, views: Vec<Seen>) -> Result<Vec<Seen>> {
    let mut known: HashMap<WidgetId, HashSet<String>> = HashMap::new();
    let widgets: Vec<WidgetId> =
        views.iter().map(|(widget, ..)| *widget).collect::<BTreeSet<_>>().into_iter().collect();
    for chunk in widgets.chunks(AT_ONCE) {
        let rows = Entity::find()
            .filter(Column::WidgetId.is_in(chunk.iter().map(|widget| widget.0)))
            .filter(Column::Day.eq(day));
        for row in rows.all(txn).await? {
            known.entry(WidgetId(row.widget_id)).or_default().insert(row.site);
        }
    }
    let mut named: BTreeMap<(WidgetId, String), u64> = BTreeMap::new();
    for (widget, site, count) in views {
        let sites = known.entry(widget).or_default();
        let site = if sites.contains(&site) || sites.len() < MOST_SITES { site } else { String::new() };
        sites.insert(site.clone());
        *named.entry((widget, site)).or_default() += count;
    }
    Ok(named.into_iter().map(|((widget, site), count)| (widget, site, count)).collect())
}

async fn upsert(txn: &DatabaseTransaction, day: Moment, views: &[Seen]) -> Result<()> {
    let rows: Vec<String> = (0..views.len())
        .map(|row| row * 3)
        .map(|row| format!("(${}, $1, ${}, ${})", row + 2, row + 3, row + 4))
        .collect();
    let sql = format!(
        "WITH seen (widget_id, day, site, views) AS (VALUES {})
         INSERT INTO view_day (widget_id, day, site, views)
         SELECT seen.widget_id, seen.day, seen.site, seen.views FROM seen JOIN widget ON widget.id = seen.widget_id
         WHERE true
         ON CONFLICT (widget_id, day, site) DO UPDATE SET views = view_day.views + excluded.views",
        rows.join(", ")
    );
    let count = |count: &u64| i64::try_from(*count).unwrap_or(i64::MAX);
    let values = views.iter().flat_map(|(widget, site, views)| {
        [Value::from(widget.0), Value::from(site.as_str()), Value::from(count(views))]
    });
    let values = std::iter::once(Value::from(day)).chain(values);
    txn.execute_raw(Statement::from_sql_and_values(txn.get_database_backend(), sql, values)).await?;
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

/// What was seen of an account's widgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub(crate) struct OfAccount {
    account_id: Uuid,
    /// How often they were loaded.
    pub views: i64,
    /// On how many websites that have a name.
    pub sites: i64,
}

/// The views of each of these accounts since a day, where there were any.
pub(crate) async fn by_account(
    db: &impl ConnectionTrait,
    accounts: &BTreeSet<AccountId>,
    since: Moment,
) -> Result<HashMap<AccountId, OfAccount>> {
    use sea_orm::{JoinType, QuerySelect};

    let rows = Entity::find()
        .select_only()
        .column_as(widget::Column::AccountId, "account_id")
        .column_as(Expr::cust("CAST(SUM(views) AS BIGINT)"), "views")
        .column_as(Expr::cust("COUNT(DISTINCT NULLIF(site, ''))"), "sites")
        .join(JoinType::InnerJoin, Relation::Widget.def())
        .filter(widget::Column::AccountId.is_in(accounts.iter().map(|account| account.0)))
        .filter(Column::Day.gte(since))
        .group_by(widget::Column::AccountId)
        .into_model::<OfAccount>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.account_id), row)).collect())
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
pub(crate) async fn delete_before(db: &Db, day: Moment) -> Result<u64> {
    delete_in_batches(db, "view_day", "widget_id, day, site", "day < $1", day).await
}
