//! The posts of an account, as Meta tells of them.

use std::collections::HashMap;

use domain::Moment;
use domain::feed::{Changes, Post, PostFacts};
use domain::id::{AccountId, MediaId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use super::convert::{from_json, to_json};
use super::{Result, item, picture};

const TABLE: &str = "post";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub media_id: String,
    pub at: Moment,
    #[sea_orm(column_type = "JsonBinary")]
    pub facts: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is stored of every post, newest first.
pub(crate) async fn facts(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<PostFacts>> {
    newest(db, account, u64::MAX).await
}

/// The newest `limit` posts with their pictures, newest first.
pub(crate) async fn with_pictures(db: &impl ConnectionTrait, account: AccountId, limit: u64) -> Result<Vec<Post>> {
    let posts = newest(db, account, limit).await?;
    let items: HashMap<(MediaId, MediaId), String> = item::copied(db, account).await?;
    let pictures = picture::of_account(db, account).await?;
    let shown = |post: &PostFacts, item: &MediaId| {
        items.get(&(post.id.clone(), item.clone())).and_then(|hash| pictures.get(hash)).cloned()
    };
    Ok(posts
        .into_iter()
        .map(|facts| Post { pictures: facts.items.iter().map(|item| shown(&facts, &item.id)).collect(), facts })
        .collect())
}

/// How many posts are kept.
pub(crate) async fn count(db: &impl ConnectionTrait, account: AccountId) -> Result<u64> {
    Ok(Entity::find().filter(Column::AccountId.eq(account.0)).count(db).await?)
}

/// Writes what changed. A picture that was copied stays with its item.
pub(crate) async fn apply(db: &impl ConnectionTrait, account: AccountId, changes: &Changes) -> Result<()> {
    for facts in &changes.written {
        let row = ActiveModel {
            account_id: Set(account.0),
            media_id: Set(facts.id.0.clone()),
            at: Set(facts.at),
            facts: Set(to_json(TABLE, facts)?),
        };
        let known = OnConflict::columns([Column::AccountId, Column::MediaId])
            .update_columns([Column::At, Column::Facts])
            .to_owned();
        Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
        item::sync(db, account, facts).await?;
    }
    if !changes.gone.is_empty() {
        let gone = changes.gone.iter().map(|id| id.0.as_str());
        Entity::delete_many()
            .filter(Column::AccountId.eq(account.0))
            .filter(Column::MediaId.is_in(gone))
            .exec(db)
            .await?;
    }
    Ok(())
}

async fn newest(db: &impl ConnectionTrait, account: AccountId, limit: u64) -> Result<Vec<PostFacts>> {
    let rows =
        Entity::find().filter(Column::AccountId.eq(account.0)).order_by_desc(Column::At).order_by_desc(Column::MediaId);
    let rows = if limit == u64::MAX { rows } else { rows.limit(limit) };
    rows.all(db).await?.into_iter().map(|row| from_json(TABLE, "facts", row.facts)).collect()
}
