//! A person's accounts, counted and a page at a time. What is derived from a
//! token and the clock is compared here with the moments at which it turns
//! (`domain::token::turns`), so that a list never looks at every token.

use domain::Moment;
use domain::id::{AccountId, PersonId};
use domain::member::Role;
use domain::page::{AccountOrder, Search};
use domain::view::AccountRef;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{JoinType, QueryOrder, QuerySelect, Select};

use super::account::{Account, Column, Entity, Relation, looked_after_by, with_token};
use super::convert::{anywhere, bytewise, to_word};
use super::token::{self, TokenRow};
use super::{Result, membership, view_day, widget};

/// Which of a person's accounts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted<'a> {
    /// In this role only.
    pub role: Option<Role>,
    /// Whose names have this in them.
    pub search: Option<&'a Search>,
    /// In which order.
    pub order: AccountOrder,
    /// After this one.
    pub after: Option<AccountId>,
    /// Views count since then.
    pub since: Moment,
    /// At most so many.
    pub limit: u64,
}

/// As many as there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Of all kinds.
    pub all: u64,
    /// Whose token is NOT ACTIVE.
    pub dark: u64,
    /// That need somebody.
    pub needy: u64,
}

/// A page of a person's accounts, with their tokens.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    person: PersonId,
    wanted: &Wanted<'_>,
    now: Moment,
) -> Result<Vec<(Account, TokenRow)>> {
    let keys = keys(db, wanted, now);
    let mut rows = of(person, wanted)?.limit(wanted.limit);
    if let Some(after) = wanted.after {
        let last = Query::select()
            .exprs(keys.clone())
            .from(Entity)
            .inner_join(token::Entity, Expr::col((token::Entity, token::Column::Id)).equals((Entity, Column::TokenId)))
            .and_where(Expr::col((Entity, Column::Id)).eq(after.0))
            .take();
        rows = rows.filter(Expr::tuple(keys.clone()).gt(SimpleExpr::from(last)));
    }
    let mut rows = rows.find_both_related(token::Entity);
    for key in keys {
        rows = rows.order_by_asc(key);
    }
    rows.all(db).await?.into_iter().map(with_token).collect()
}

/// How many of a person's accounts there are in this role.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    person: PersonId,
    wanted: &Wanted<'_>,
    now: Moment,
) -> Result<Counts> {
    let count = |holds: SimpleExpr| SimpleExpr::from(Func::count(Expr::case(holds, 1)));
    let counted = of(person, wanted)?
        .select_only()
        .join(JoinType::InnerJoin, Relation::Token.def())
        .column_as(Column::Id.count(), "all")
        .expr_as(count(dark(now)), "dark")
        .expr_as(count(needy(now)), "needy");
    let counted: Option<(i64, i64, i64)> = counted.into_tuple().one(db).await?;
    let (all, dark, needy) = counted.unwrap_or_default();
    Ok(Counts { all: all.unsigned_abs(), dark: dark.unsigned_abs(), needy: needy.unsigned_abs() })
}

/// Those whose tokens are extended next, by themselves, the next one first.
pub(crate) async fn next_extended(
    db: &impl ConnectionTrait,
    person: PersonId,
    limit: u64,
    now: Moment,
) -> Result<Vec<(Account, TokenRow)>> {
    let rows = looked_after_by(person)
        .filter(needy(now).not())
        .filter(token::Column::ExtendsAt.is_not_null())
        .find_both_related(token::Entity)
        .order_by_asc(token::Column::ExtendsAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    rows.all(db).await?.into_iter().map(with_token).collect()
}

/// What a person's accounts are called, by name.
pub(crate) async fn names(db: &impl ConnectionTrait, person: PersonId, limit: u64) -> Result<Vec<AccountRef>> {
    let rows: Vec<(Uuid, String)> = looked_after_by(person)
        .select_only()
        .columns([Column::Id, Column::Username])
        .order_by_asc(by_name(db))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, username)| AccountRef { id: AccountId(id), username }).collect())
}

fn of(person: PersonId, wanted: &Wanted<'_>) -> Result<Select<Entity>> {
    let role = wanted.role.map(|role| to_word("membership", &role)).transpose()?;
    let theirs = membership::accounts_of(person, role.as_deref());
    let mut accounts = Entity::find().filter(Column::Id.in_subquery(theirs));
    if let Some(search) = wanted.search.filter(|search| !search.is_empty()) {
        let like = |column: Column| Func::lower(Expr::col((Entity, column))).like(anywhere(search.as_str()));
        accounts = accounts.filter(like(Column::Username).or(like(Column::Name)));
    }
    Ok(accounts)
}

/// What an account is sorted by, everything ascending; the last one is unique.
fn keys(db: &impl ConnectionTrait, wanted: &Wanted<'_>, now: Moment) -> Vec<SimpleExpr> {
    let order = match wanted.order {
        AccountOrder::Need => vec![Expr::case(needy(now), 0).finally(1).into()],
        AccountOrder::Impact => vec![views(wanted.since), widgets()],
    };
    order.into_iter().chain([by_name(db), Expr::col((Entity, Column::Id))]).collect()
}

fn by_name(db: &impl ConnectionTrait) -> SimpleExpr {
    Expr::cust(bytewise(db.get_database_backend(), "account.username"))
}

fn dark(now: Moment) -> SimpleExpr {
    Expr::col((Entity, Column::Apart)).eq(true).or(Expr::col((token::Entity, token::Column::DarkFrom)).lte(now))
}

fn needy(now: Moment) -> SimpleExpr {
    Expr::col((Entity, Column::Apart)).eq(true).or(Expr::col((token::Entity, token::Column::NeedsFrom)).lte(now))
}

/// The more, the less.
fn views(since: Moment) -> SimpleExpr {
    let views = (view_day::Entity, view_day::Column::Views);
    let widget = (widget::Entity, widget::Column::Id);
    let sum = Func::coalesce([Func::sum(Expr::col(views)).into(), Expr::value(0)]);
    let counted = Query::select()
        .expr(Expr::value(0).sub(sum).cast_as("BIGINT"))
        .from(view_day::Entity)
        .inner_join(widget::Entity, Expr::col(widget).equals((view_day::Entity, view_day::Column::WidgetId)))
        .and_where(Expr::col((widget::Entity, widget::Column::AccountId)).equals((Entity, Column::Id)))
        .and_where(Expr::col((view_day::Entity, view_day::Column::Day)).gte(since))
        .take();
    counted.into()
}

fn widgets() -> SimpleExpr {
    Expr::cust("(SELECT -COUNT(*) FROM widget WHERE widget.account_id = account.id)")
}
