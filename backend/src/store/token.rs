//! Tokens: the sealed string and the facts about it.

use std::fmt;

use domain::Moment;
use domain::id::{AppScopedId, TokenId};
use domain::platform::Platform;
use domain::token::{Facts, Life, Turns, turns};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, QueryOrder, QuerySelect};
use serde::de::DeserializeOwned;

use super::Result;
use super::convert::{self, from_json, to_json};
use super::living_job::living_job;

const TABLE: &str = "token";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub platform: String,
    pub meta_user_id: String,
    pub sealed: Vec<u8>,
    pub issued_at: Moment,
    pub expires_at: Option<Moment>,
    pub data_access_expires_at: Option<Moment>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub ending: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub suspension: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub doubt: Option<Json>,
    #[sea_orm(column_type = "JsonBinary")]
    pub missing_scopes: Json,
    pub last_success_at: Option<Moment>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub failed_extension: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub failed_check: Option<Json>,
    pub noted_expiry: Option<Moment>,
    pub next_step_at: Option<Moment>,
    pub needs_from: Option<Moment>,
    pub dark_from: Option<Moment>,
    pub extends_at: Option<Moment>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One token record: what Meta gave us for one person on one platform.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TokenRow {
    /// The record.
    pub id: TokenId,
    /// Whose it is, as our app knows them. The platform is in the facts.
    pub user_id: AppScopedId,
    /// The string, sealed.
    pub sealed: Vec<u8>,
    /// What is known about it.
    pub facts: Facts,
    /// The end that history already tells of.
    pub noted_expiry: Option<Moment>,
    /// When the worker must look next; `None` when only a person can help.
    pub next_step_at: Option<Moment>,
}

impl fmt::Debug for TokenRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRow").field("id", &self.id).field("facts", &self.facts).finish_non_exhaustive()
    }
}

impl TryFrom<Model> for TokenRow {
    type Error = super::Error;

    fn try_from(row: Model) -> Result<Self> {
        let platform = convert::platform(TABLE, &row.platform)?;
        // An end that Meta did not name, for rows from before it was known.
        let at_most = platform.longest_life().map(|life| row.issued_at + life);
        Ok(Self {
            id: TokenId(row.id),
            user_id: AppScopedId(row.meta_user_id),
            sealed: row.sealed,
            facts: Facts {
                platform,
                life: Life {
                    issued_at: row.issued_at,
                    expires_at: row.expires_at.or(at_most),
                    data_access_expires_at: row.data_access_expires_at,
                },
                ending: optional("ending", row.ending)?,
                suspension: optional("suspension", row.suspension)?,
                doubt: optional("doubt", row.doubt)?,
                missing_scopes: from_json(TABLE, "missing_scopes", row.missing_scopes)?,
                last_success_at: row.last_success_at,
                failed_extension: optional("failed_extension", row.failed_extension)?,
                failed_check: optional("failed_check", row.failed_check)?,
            },
            noted_expiry: row.noted_expiry,
            next_step_at: row.next_step_at,
        })
    }
}

fn optional<T: DeserializeOwned>(column: &'static str, json: Option<Json>) -> Result<Option<T>> {
    json.map(|json| from_json(TABLE, column, json)).transpose()
}

/// Everything but the row's age. What lists go by is written with what it follows from.
fn columns(token: &TokenRow, now: Moment) -> Result<ActiveModel> {
    let facts = &token.facts;
    let Turns { needs_from, dark_from, extends_at } = turns(facts, now);
    Ok(ActiveModel {
        id: Set(token.id.0),
        platform: Set(facts.platform.as_str().to_owned()),
        meta_user_id: Set(token.user_id.0.clone()),
        sealed: Set(token.sealed.clone()),
        issued_at: Set(facts.life.issued_at),
        expires_at: Set(facts.life.expires_at),
        data_access_expires_at: Set(facts.life.data_access_expires_at),
        ending: Set(facts.ending.as_ref().map(|ending| to_json(TABLE, ending)).transpose()?),
        suspension: Set(facts.suspension.as_ref().map(|suspension| to_json(TABLE, suspension)).transpose()?),
        doubt: Set(facts.doubt.as_ref().map(|doubt| to_json(TABLE, doubt)).transpose()?),
        missing_scopes: Set(to_json(TABLE, &facts.missing_scopes)?),
        last_success_at: Set(facts.last_success_at),
        failed_extension: Set(facts.failed_extension.as_ref().map(|failed| to_json(TABLE, failed)).transpose()?),
        failed_check: Set(facts.failed_check.as_ref().map(|failed| to_json(TABLE, failed)).transpose()?),
        noted_expiry: Set(token.noted_expiry),
        next_step_at: Set(token.next_step_at),
        needs_from: Set(Some(needs_from)),
        dark_from: Set(dark_from),
        extends_at: Set(extends_at),
        created_at: NotSet,
        updated_at: Set(now),
    })
}

/// Adds a record.
///
/// # Errors
/// [`super::Error::Duplicate`] when there is one for this person on this platform.
pub(crate) async fn insert(db: &impl ConnectionTrait, token: &TokenRow, now: Moment) -> Result<()> {
    let row = ActiveModel { created_at: Set(now), ..columns(token, now)? };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Writes the sealed string, the facts and the plan of a record that exists.
pub(crate) async fn update(db: &impl ConnectionTrait, token: &TokenRow, now: Moment) -> Result<()> {
    Entity::update(columns(token, now)?).exec_without_returning(db).await?;
    Ok(())
}

/// Deletes a record and its history. No account may live by it any more.
pub(crate) async fn delete(db: &impl ConnectionTrait, id: TokenId) -> Result<()> {
    Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}

/// The record with this id.
pub(crate) async fn find(db: &impl ConnectionTrait, id: TokenId) -> Result<Option<TokenRow>> {
    Entity::find_by_id(id.0).one(db).await?.map(TokenRow::try_from).transpose()
}

/// The record with this id, which nobody else changes until this transaction ends.
pub(crate) async fn find_to_change(txn: &DatabaseTransaction, id: TokenId) -> Result<Option<TokenRow>> {
    // SQLite has one writer, and no such clause.
    Entity::find_by_id(id.0).lock_exclusive().one(txn).await?.map(TokenRow::try_from).transpose()
}

/// The record of this person of Meta's, which nobody else changes until this
/// transaction ends.
pub(crate) async fn find_by_identity(
    txn: &DatabaseTransaction,
    platform: Platform,
    user_id: &AppScopedId,
) -> Result<Option<TokenRow>> {
    let rows =
        Entity::find().filter(Column::Platform.eq(platform.as_str())).filter(Column::MetaUserId.eq(user_id.0.as_str()));
    rows.lock_exclusive().one(txn).await?.map(TokenRow::try_from).transpose()
}

/// The next `limit` records in the order of their ids; `None` begins.
pub(crate) async fn batch_after(
    db: &impl ConnectionTrait,
    cursor: Option<TokenId>,
    limit: u64,
) -> Result<Vec<TokenRow>> {
    let mut rows = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(cursor) = cursor {
        rows = rows.filter(Column::Id.gt(cursor.0));
    }
    rows.all(db).await?.into_iter().map(TokenRow::try_from).collect()
}

/// Up to `limit` records that were written before lists went by when they turn.
pub(crate) async fn unturned(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<TokenId>> {
    let rows: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::NeedsFrom.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(TokenId).collect())
}

/// Up to `limit` records that the worker must look at before `by`, but for which
/// no job of this kind waits or runs under the record's id as dedupe key.
pub(crate) async fn due_without_job(
    db: &impl ConnectionTrait,
    kind: &str,
    by: Moment,
    limit: u64,
) -> Result<Vec<TokenRow>> {
    let living_job = living_job(db.get_database_backend(), kind, "token.id");
    let rows = Entity::find()
        .filter(Column::NextStepAt.lt(by))
        .filter(Expr::not_exists(living_job))
        .order_by_asc(Column::NextStepAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    rows.all(db).await?.into_iter().map(TokenRow::try_from).collect()
}
