//! What happened to a token. Entries are added and never changed, but for the
//! count of equal failures in a row.

use std::collections::HashMap;

use domain::Moment;
use domain::id::{EntryId, TokenId};
use domain::token::{Event, EventKind, Repeated, Trigger};
use domain::view::HistoryEntry;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Order, Query, SimpleExpr, UnionType};
use sea_orm::{FromQueryResult, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait};

use super::convert::{from_json, from_word, to_json, to_word};
use super::{Error, Result};
use crate::random;

const TABLE: &str = "history";
/// So far back an equal failure is looked for: more kinds of them, by more
/// people, are hardly told in one row.
const ROW_AT_MOST: u64 = 20;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub token_id: Uuid,
    pub at: Moment,
    #[sea_orm(column_type = "JsonBinary")]
    pub kind: Json,
    pub kind_key: String,
    pub trigger: String,
    pub by_name: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub said: Option<Json>,
    pub recorded_at: Moment,
    /// Of equal failures in a row, how many there were and when the last one was.
    pub times: Option<i32>,
    pub last_at: Option<Moment>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds what happened, in order. What is told already (the same kind of event
/// at the same moment) is told once; a failure that is like one before it, with
/// nothing but failures between them, is counted there.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    token: TokenId,
    events: &[Event],
    trigger: Trigger,
    by: Option<&str>,
    now: Moment,
) -> Result<()> {
    for event in events {
        if event.kind.is_folded() && fold(db, token, event, trigger, by).await? {
            continue;
        }
        let row = ActiveModel {
            id: Set(random::new_id()),
            token_id: Set(token.0),
            at: Set(event.at),
            kind: Set(flat(to_json(TABLE, &event.kind)?)),
            kind_key: Set(kind_key(&event.kind)?),
            trigger: Set(to_word(TABLE, &trigger)?),
            by_name: Set(by.map(str::to_owned)),
            said: Set(event.said.as_ref().map(|said| to_json(TABLE, said)).transpose()?),
            recorded_at: Set(now),
            times: Set(None),
            last_at: Set(None),
        };
        Entity::insert(row)
            .on_conflict_do_nothing_on([Column::TokenId, Column::At, Column::KindKey])
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Counts a failure with an equal one of the same row, if there is one. Equal
/// are the kind, Meta's code, and who or what caused it; the latest words stay.
async fn fold(
    db: &impl ConnectionTrait,
    token: TokenId,
    event: &Event,
    trigger: Trigger,
    by: Option<&str>,
) -> Result<bool> {
    let rows = Entity::find()
        .filter(Column::TokenId.eq(token.0))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(ROW_AT_MOST)
        .all(db)
        .await?;
    for row in rows {
        let (id, times) = (row.id, row.times.unwrap_or(1));
        let told = entry(row)?;
        if !told.event.kind.is_folded() {
            return Ok(false);
        }
        let code = |event: &Event| event.said.as_ref().map(|said| (said.code, said.subcode));
        let equal = told.event.kind == event.kind && code(&told.event) == code(event);
        if equal && told.trigger == trigger && told.by.as_deref() == by {
            let row = ActiveModel {
                id: Unchanged(id),
                times: Set(Some(times.saturating_add(1))),
                last_at: Set(Some(event.at)),
                said: Set(event.said.as_ref().map(|said| to_json(TABLE, said)).transpose()?),
                ..<ActiveModel as ActiveModelTrait>::default()
            };
            Entity::update(row).exec_without_returning(db).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Hands a token's history to another one. What the heir tells already is dropped.
pub(crate) async fn move_to(db: &impl ConnectionTrait, from: TokenId, heir: TokenId) -> Result<()> {
    // In the order of writing, which tells apart what happened at one moment.
    for row in Entity::find().filter(Column::TokenId.eq(from.0)).order_by_asc(Column::Id).all(db).await? {
        let row = ActiveModel { id: Set(random::new_id()), token_id: Set(heir.0), ..row.into() };
        Entity::insert(row)
            .on_conflict_do_nothing_on([Column::TokenId, Column::At, Column::KindKey])
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The newest `limit` entries, newest first.
pub(crate) async fn newest(db: &impl ConnectionTrait, token: TokenId, limit: u64) -> Result<Vec<HistoryEntry>> {
    let rows = Entity::find()
        .filter(Column::TokenId.eq(token.0))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// The newest `limit` entries that are older than this one, newest first.
pub(crate) async fn before(
    db: &impl ConnectionTrait,
    token: TokenId,
    entry: EntryId,
    limit: u64,
) -> Result<Vec<HistoryEntry>> {
    let place = |column: Column| SimpleExpr::from(Expr::col((Entity, column)));
    let of = Entity::find_by_id(entry.0).filter(Column::TokenId.eq(token.0)).select_only();
    let of = of.column(Column::At).column(Column::Id).into_query();
    let rows = Entity::find()
        .filter(Column::TokenId.eq(token.0))
        .filter(Expr::tuple([place(Column::At), place(Column::Id)]).lt(SimpleExpr::from(of)))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(self::entry).collect()
}

/// How many entries there are.
pub(crate) async fn count(db: &impl ConnectionTrait, token: TokenId) -> Result<u64> {
    Ok(Entity::find().filter(Column::TokenId.eq(token.0)).count(db).await?)
}

/// The newest `limit` entries of each of these tokens, as many as a page has, newest
/// first, in one statement.
pub(crate) async fn newest_of(
    db: &impl ConnectionTrait,
    tokens: impl IntoIterator<Item = TokenId>,
    limit: u64,
) -> Result<HashMap<TokenId, Vec<HistoryEntry>>> {
    // A look into the index for each token: the rest of a long history is not read.
    let newest = tokens.into_iter().map(|token| {
        let rows = Entity::find().filter(Column::TokenId.eq(token.0));
        let rows = rows.order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).into_query();
        Query::select().expr(Expr::cust("*")).from_subquery(rows, "newest").take()
    });
    let Some(mut query) = newest.reduce(|mut all, next| all.union(UnionType::All, next).take()) else {
        return Ok(HashMap::new());
    };
    query.order_by("at", Order::Desc).order_by("id", Order::Desc);
    let mut found: HashMap<TokenId, Vec<HistoryEntry>> = HashMap::new();
    for row in Model::find_by_statement(db.get_database_backend().build(&query)).all(db).await? {
        found.entry(TokenId(row.token_id)).or_default().push(entry(row)?);
    }
    Ok(found)
}

fn entry(row: Model) -> Result<HistoryEntry> {
    let times = row.times.and_then(|times| u32::try_from(times).ok());
    Ok(HistoryEntry {
        id: EntryId(row.id),
        repeated: times.zip(row.last_at).map(|(times, last_at)| Repeated { times, last_at }),
        event: Event {
            at: row.at,
            kind: from_json(TABLE, "kind", nested(row.kind))?,
            said: row.said.map(|said| from_json(TABLE, "said", said)).transpose()?,
        },
        trigger: from_word(TABLE, "trigger", row.trigger)?,
        by: row.by_name,
    })
}

/// A kind as its column has it: the word beside its values, so that it can be
/// searched for.
fn flat(kind: Json) -> Json {
    let (word, mut fields) = match kind {
        Json::Object(mut one) => match one.iter_mut().next() {
            Some((word, Json::Object(fields))) => (word.clone(), std::mem::take(fields)),
            _ => return Json::Object(one),
        },
        Json::String(word) => (word, serde_json::Map::new()),
        other => return other,
    };
    fields.insert("kind".into(), Json::String(word));
    Json::Object(fields)
}

/// The same as serde has it: the word around its values.
fn nested(column: Json) -> Json {
    let Json::Object(mut fields) = column else { return column };
    match fields.remove("kind") {
        Some(Json::String(word)) if fields.is_empty() => Json::String(word),
        Some(Json::String(word)) => Json::Object(serde_json::Map::from_iter([(word, Json::Object(fields))])),
        _ => Json::Object(fields),
    }
}

/// What makes two events of one moment the same: the tag of the kind and, for
/// an end, its cause.
fn kind_key(kind: &EventKind) -> Result<String> {
    let json = flat(to_json(TABLE, kind)?);
    let tag =
        json.get("kind").and_then(Json::as_str).ok_or(Error::Unreadable { table: TABLE, what: "no kind".into() })?;
    // Accounts of one token may be lost at one moment.
    Ok(match json.get("death").or_else(|| json.get("username")).and_then(Json::as_str) {
        Some(what) => format!("{tag}:{what}"),
        None => tag.to_owned(),
    })
}
