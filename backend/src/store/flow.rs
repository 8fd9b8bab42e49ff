//! Sign-in flows on their way through Meta: OAuth `state`, kept as a digest.

use domain::Moment;
use domain::platform::Platform;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::convert::{self, from_json, to_json};
use super::{Db, Result};

const TABLE: &str = "flow";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "flow")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: String,
    pub browser_hash: String,
    pub platform: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub purpose: Json,
    pub created_at: Moment,
    pub expires_at: Moment,
    pub spent_at: Option<Moment>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub outcome: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A flow. `P` says what it is for, `O` what came of it; both are the service's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flow<P, O> {
    /// The digest of the secret in the browser's cookie that the flow is bound to.
    pub browser_hash: String,
    /// Where the person was sent.
    pub platform: Platform,
    /// What for.
    pub purpose: P,
    /// When it was spent.
    pub spent_at: Option<Moment>,
    /// What came of it, once it is over.
    pub outcome: Option<O>,
}

impl<P: DeserializeOwned, O: DeserializeOwned> TryFrom<Model> for Flow<P, O> {
    type Error = super::Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            browser_hash: row.browser_hash,
            platform: convert::platform(TABLE, &row.platform)?,
            purpose: from_json(TABLE, "purpose", row.purpose)?,
            spent_at: row.spent_at,
            outcome: row.outcome.map(|outcome| from_json(TABLE, "outcome", outcome)).transpose()?,
        })
    }
}

/// A flow that begins.
#[derive(Debug)]
pub(crate) struct NewFlow<'a, P> {
    /// The digest of the `state`.
    pub state_hash: &'a str,
    /// The digest of the secret in the browser's cookie.
    pub browser_hash: &'a str,
    /// Where the person is sent.
    pub platform: Platform,
    /// What for.
    pub purpose: &'a P,
    /// Until when it can be spent.
    pub expires_at: Moment,
}

/// Begins a flow.
pub(crate) async fn insert<P: Serialize>(db: &Db, flow: NewFlow<'_, P>, now: Moment) -> Result<()> {
    let row = ActiveModel {
        state_hash: Set(flow.state_hash.to_owned()),
        browser_hash: Set(flow.browser_hash.to_owned()),
        platform: Set(flow.platform.as_str().to_owned()),
        purpose: Set(to_json(TABLE, flow.purpose)?),
        created_at: Set(now),
        expires_at: Set(flow.expires_at),
        spent_at: Set(None),
        outcome: Set(None),
    };
    let txn = db.begin_write().await?;
    Entity::insert(row).exec_without_returning(&txn).await?;
    Ok(txn.commit().await?)
}

/// Spends a flow: whoever comes second, or too late, gets `None`.
pub(crate) async fn spend<P, O>(db: &Db, state_hash: &str, now: Moment) -> Result<Option<Flow<P, O>>>
where
    P: DeserializeOwned,
    O: DeserializeOwned,
{
    let txn = db.begin_write().await?;
    let spent = Entity::update_many()
        .col_expr(Column::SpentAt, Expr::value(now))
        .filter(Column::StateHash.eq(state_hash))
        .filter(Column::SpentAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec_with_returning(&txn)
        .await?;
    txn.commit().await?;
    spent.into_iter().next().map(Flow::try_from).transpose()
}

/// Keeps what came of a flow, for the browser that comes back twice.
pub(crate) async fn save_outcome<O: Serialize>(db: &Db, state_hash: &str, outcome: &O) -> Result<()> {
    let txn = db.begin_write().await?;
    Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(to_json(TABLE, outcome)?))
        .filter(Column::StateHash.eq(state_hash))
        .exec(&txn)
        .await?;
    Ok(txn.commit().await?)
}

/// The flow with this state, spent or not.
pub(crate) async fn find<P, O>(db: &impl ConnectionTrait, state_hash: &str) -> Result<Option<Flow<P, O>>>
where
    P: DeserializeOwned,
    O: DeserializeOwned,
{
    Entity::find_by_id(state_hash.to_owned()).one(db).await?.map(Flow::try_from).transpose()
}

/// Deletes the flows that expired before `before`. Returns how many there were.
pub(crate) async fn delete_expired(db: &Db, before: Moment) -> Result<u64> {
    let txn = db.begin_write().await?;
    let deleted = Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(&txn).await?;
    txn.commit().await?;
    Ok(deleted.rows_affected)
}
