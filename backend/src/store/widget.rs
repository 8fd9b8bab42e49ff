//! Widgets. Whoever looks after an account looks after its widgets.

use std::collections::{BTreeSet, HashMap};

use domain::Moment;
use domain::id::{AccountId, PersonId, WidgetId};
use domain::widget::{Failure, Outcome, Settings};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};

use super::convert::{from_json, from_word, to_json, to_word};
use super::living_job::living_job;
use super::{Error, Result, membership};

const TABLE: &str = "widget";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "widget")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    pub rebuilt_at: Option<Moment>,
    pub failed_at: Option<Moment>,
    pub failure: Option<String>,
    pub failures: i32,
    pub next_rebuild_at: Moment,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Widget {
    /// The widget.
    pub id: WidgetId,
    /// Whose posts it shows.
    pub account: AccountId,
    /// How it looks.
    pub settings: Settings,
    /// When it was last rebuilt.
    pub rebuilt_at: Option<Moment>,
    /// The last rebuild, if it brought nothing new.
    pub failed: Option<(Moment, Failure)>,
    /// Failed rebuilds in a row.
    pub failures: u32,
    /// When it is rebuilt next by itself.
    pub next_rebuild_at: Moment,
}

impl TryFrom<Model> for Widget {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let failure = row.failure.map(|word| from_word(TABLE, "failure", word)).transpose()?;
        Ok(Self {
            id: WidgetId(row.id),
            account: AccountId(row.account_id),
            settings: from_json(TABLE, "settings", row.settings)?,
            rebuilt_at: row.rebuilt_at,
            failed: row.failed_at.zip(failure),
            failures: row.failures.unsigned_abs(),
            next_rebuild_at: row.next_rebuild_at,
        })
    }
}

/// Adds a widget.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: WidgetId,
    account: AccountId,
    settings: &Settings,
    now: Moment,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        account_id: Set(account.0),
        settings: Set(to_json(TABLE, settings)?),
        rebuilt_at: Set(None),
        failed_at: Set(None),
        failure: Set(None),
        failures: Set(0),
        next_rebuild_at: Set(now),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The widget, for everybody: what it shows is public.
pub(crate) async fn find(db: &impl ConnectionTrait, id: WidgetId) -> Result<Option<Widget>> {
    Entity::find_by_id(id.0).one(db).await?.map(Widget::try_from).transpose()
}

/// How many widgets each of these accounts has that has any.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    accounts: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, u64>> {
    let rows: Vec<(Uuid, i64)> = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .column_as(Column::Id.count(), "widgets")
        .filter(Column::AccountId.is_in(accounts.iter().map(|account| account.0)))
        .group_by(Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(account, widgets)| (AccountId(account), widgets.unsigned_abs())).collect())
}

/// Every widget of an account, oldest first.
pub(crate) async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Widget>> {
    let rows =
        Entity::find().filter(Column::AccountId.eq(account.0)).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    rows.all(db).await?.into_iter().map(Widget::try_from).collect()
}

/// Whether an account has a widget.
pub(crate) async fn account_has_any(db: &impl ConnectionTrait, account: AccountId) -> Result<bool> {
    Ok(Entity::find().filter(Column::AccountId.eq(account.0)).one(db).await?.is_some())
}

/// Changes how a widget looks.
pub(crate) async fn save_settings(db: &impl ConnectionTrait, id: WidgetId, settings: &Settings) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Settings, Expr::value(to_json(TABLE, settings)?))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes how the last fetch for an account's widgets ended, and when the next one comes.
pub(crate) async fn save_outcome(
    db: &impl ConnectionTrait,
    account: AccountId,
    outcome: Outcome,
    next: Moment,
    now: Moment,
) -> Result<()> {
    let widgets = Entity::update_many()
        .filter(Column::AccountId.eq(account.0))
        .col_expr(Column::NextRebuildAt, Expr::value(next));
    let widgets = match outcome {
        Outcome::Rebuilt => widgets
            .col_expr(Column::RebuiltAt, Expr::value(now))
            .col_expr(Column::FailedAt, Expr::value(None::<Moment>))
            .col_expr(Column::Failure, Expr::value(None::<String>))
            .col_expr(Column::Failures, Expr::value(0)),
        Outcome::Failed(failure) => widgets
            .col_expr(Column::FailedAt, Expr::value(now))
            .col_expr(Column::Failure, Expr::value(to_word(TABLE, &failure)?))
            .col_expr(Column::Failures, Expr::col(Column::Failures).add(1)),
    };
    widgets.exec(db).await?;
    Ok(())
}

/// Deletes a widget and what was counted of it.
pub(crate) async fn delete(db: &impl ConnectionTrait, id: WidgetId) -> Result<()> {
    Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}

/// Up to `limit` accounts with widgets that are to be rebuilt before `by`, but
/// for which no job of this kind waits or runs under the account's id as dedupe
/// key; and when they should be fetched.
pub(crate) async fn accounts_due_without_job(
    db: &impl ConnectionTrait,
    kind: &str,
    by: Moment,
    limit: u64,
) -> Result<Vec<(AccountId, Moment)>> {
    let living_job = living_job(db.get_database_backend(), kind, "widget.account_id");
    let rows: Vec<(Uuid, Moment)> = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .column_as(Column::NextRebuildAt.min(), "next")
        .filter(Column::NextRebuildAt.lt(by))
        .filter(Expr::not_exists(living_job))
        .group_by(Column::AccountId)
        .order_by_asc(Column::AccountId)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(account, next)| (AccountId(account), next)).collect())
}

pub(super) fn looked_after_by(person: PersonId) -> sea_orm::sea_query::SimpleExpr {
    Column::AccountId.in_subquery(membership::accounts_of(person, None))
}
