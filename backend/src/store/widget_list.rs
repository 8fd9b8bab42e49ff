//! A person's widgets, a page at a time, and where they stand in the queue.

use domain::Moment;
use domain::id::{PersonId, WidgetId};
use domain::page::{Search, WidgetOrder};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, Select, Statement};

use super::convert::{anywhere, id_as_text, text_in};
use super::widget::{Column, Entity, Model, Widget, looked_after_by};
use super::{Result, account, view_day};

/// Which of a person's widgets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted<'a> {
    /// Whose title, account or websites have this in them.
    pub search: Option<&'a Search>,
    /// In which order.
    pub order: WidgetOrder,
    /// After this one.
    pub after: Option<WidgetId>,
    /// Views count since then.
    pub since: Moment,
    /// At most so many.
    pub limit: u64,
}

/// A page of a person's widgets.
pub(crate) async fn page(db: &impl ConnectionTrait, person: PersonId, wanted: &Wanted<'_>) -> Result<Vec<Widget>> {
    let keys = keys(wanted);
    let mut rows = of(db, person, wanted.search).limit(wanted.limit);
    if let Some(after) = wanted.after {
        let last = Query::select()
            .exprs(keys.clone())
            .from(Entity)
            .and_where(Expr::col((Entity, Column::Id)).eq(after.0))
            .take();
        rows = rows.filter(Expr::tuple(keys.clone()).gt(SimpleExpr::from(last)));
    }
    for key in keys {
        rows = rows.order_by_asc(key);
    }
    rows.all(db).await?.into_iter().map(Widget::try_from).collect()
}

/// How many of a person's widgets there are.
pub(crate) async fn count(db: &impl ConnectionTrait, person: PersonId, search: Option<&Search>) -> Result<u64> {
    use sea_orm::PaginatorTrait;

    Ok(of(db, person, search).count(db).await?)
}

fn of(db: &impl ConnectionTrait, person: PersonId, search: Option<&Search>) -> Select<Entity> {
    let widgets = Entity::find().filter(looked_after_by(person));
    let Some(search) = search.filter(|search| !search.is_empty()) else { return widgets };
    let backend = db.get_database_backend();
    let like = |text: SimpleExpr| Func::lower(text).like(anywhere(search.as_str()));
    let called = Query::select()
        .expr(Expr::value(1))
        .from(account::Entity)
        .and_where(Expr::col((account::Entity, account::Column::Id)).equals((Entity, Column::AccountId)))
        .and_where(like(Expr::col((account::Entity, account::Column::Username))))
        .take();
    let inside = |field| like(Expr::cust(text_in(backend, "widget.settings", field)));
    widgets.filter(inside("title").or(inside("sites")).or(Expr::exists(called)))
}

/// What a widget is sorted by, everything ascending; the last one is unique.
fn keys(wanted: &Wanted<'_>) -> Vec<SimpleExpr> {
    let order = match wanted.order {
        WidgetOrder::Made => Vec::new(),
        WidgetOrder::Views => vec![views(wanted.since)],
    };
    let made = [Column::CreatedAt, Column::Id].map(|column| Expr::col((Entity, column)));
    order.into_iter().chain(made).collect()
}

/// The more, the less.
fn views(since: Moment) -> SimpleExpr {
    let sum =
        Func::coalesce([Func::sum(Expr::col((view_day::Entity, view_day::Column::Views))).into(), Expr::value(0)]);
    let counted = Query::select()
        .expr(Expr::value(0).sub(sum).cast_as("BIGINT"))
        .from(view_day::Entity)
        .and_where(Expr::col((view_day::Entity, view_day::Column::WidgetId)).equals((Entity, Column::Id)))
        .and_where(Expr::col((view_day::Entity, view_day::Column::Day)).gte(since))
        .take();
    counted.into()
}

/// A person's widgets in the refresh queue, and how many of all there are.
#[derive(Debug)]
pub(crate) struct Queue {
    /// The widgets: those at work first, then those that wait, then by when they were last at work.
    pub shown: Vec<(Widget, String)>,
    /// Of all kinds.
    pub all: u64,
    /// That wait or are at work.
    pub busy: u64,
    /// Whose last rebuild brought nothing new, and that neither wait nor are at work.
    pub failed: u64,
}

#[derive(FromQueryResult)]
struct Counted {
    total: i64,
    busy: i64,
    failed: i64,
}

#[derive(FromQueryResult)]
struct Username {
    username: String,
}

/// The first `limit` of a person's widgets in the order of the queue; `job` is
/// the kind of job that works for an account's widgets.
pub(crate) async fn queue(
    db: &impl ConnectionTrait,
    person: PersonId,
    job: &str,
    limit: u64,
    now: Moment,
) -> Result<Queue> {
    let backend = db.get_database_backend();
    let account = id_as_text(backend, "widget.account_id");
    // The states are those of the partial index `job_living`, word for word.
    let from = format!(
        "FROM membership
         JOIN account ON account.id = membership.account_id
         JOIN widget ON widget.account_id = account.id
         LEFT JOIN job ON job.kind = $2 AND job.dedupe_key = {account} AND job.state IN ('ready', 'running')
         WHERE membership.person_id = $1"
    );
    let busy = "(job.id IS NOT NULL AND (job.state = 'running' OR job.run_at <= $3))";
    let shown = format!(
        "SELECT widget.*, account.username {from}
         ORDER BY CASE WHEN job.state = 'running' THEN 0 WHEN {busy} THEN 1 ELSE 2 END,
             CASE WHEN {busy} THEN job.run_at END,
             COALESCE(widget.failed_at, widget.rebuilt_at, widget.created_at) DESC, widget.created_at, widget.id
         LIMIT $4"
    );
    let counted = format!(
        "SELECT COUNT(*) AS total, COUNT(CASE WHEN {busy} THEN 1 END) AS busy,
             COUNT(CASE WHEN widget.failed_at IS NOT NULL AND NOT {busy} THEN 1 END) AS failed {from}"
    );
    let values = || vec![person.0.into(), job.into(), now.into()];
    let limited = values().into_iter().chain([i64::try_from(limit).unwrap_or(i64::MAX).into()]);
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, shown, limited)).await?;
    let shown = rows.iter().map(|row| {
        let widget = Widget::try_from(Model::from_query_result(row, "")?)?;
        Ok((widget, Username::from_query_result(row, "")?.username))
    });
    let shown = shown.collect::<Result<_>>()?;
    let counted = Counted::find_by_statement(Statement::from_sql_and_values(backend, counted, values()));
    let counted = counted.one(db).await?.unwrap_or(Counted { total: 0, busy: 0, failed: 0 });
    Ok(Queue {
        shown,
        all: counted.total.unsigned_abs(),
        busy: counted.busy.unsigned_abs(),
        failed: counted.failed.unsigned_abs(),
    })
}
