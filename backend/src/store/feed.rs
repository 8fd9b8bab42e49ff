//! When an account's posts were fetched, and when Meta may be asked again.

use domain::Moment;
use domain::feed::Doubt;
use domain::id::AccountId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Result;
use super::convert::{from_json, to_json};

const TABLE: &str = "feed";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub fetched_at: Option<Moment>,
    pub not_before: Option<Moment>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub doubt: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is known of an account's fetches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fetches {
    /// The last one that worked.
    pub fetched_at: Option<Moment>,
    /// Meta's own "come back in" for this account.
    pub not_before: Option<Moment>,
    /// What the last answers lacked, while that is not believed.
    pub doubt: Option<Doubt>,
}

/// Nothing, for an account that was never asked for.
pub(crate) async fn find(db: &impl ConnectionTrait, account: AccountId) -> Result<Fetches> {
    let Some(row) = Entity::find_by_id(account.0).one(db).await? else {
        return Ok(Fetches::default());
    };
    let doubt = row.doubt.map(|json| from_json(TABLE, "doubt", json)).transpose()?;
    Ok(Fetches { fetched_at: row.fetched_at, not_before: row.not_before, doubt })
}

/// Writes all of it.
pub(crate) async fn save(db: &impl ConnectionTrait, account: AccountId, fetches: Fetches) -> Result<()> {
    let row = ActiveModel {
        account_id: Set(account.0),
        fetched_at: Set(fetches.fetched_at),
        not_before: Set(fetches.not_before),
        doubt: Set(fetches.doubt.as_ref().map(|doubt| to_json(TABLE, doubt)).transpose()?),
    };
    let changes = [Column::FetchedAt, Column::NotBefore, Column::Doubt];
    let known = OnConflict::column(Column::AccountId).update_columns(changes).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}
