//! The posts of an account, as Meta tells of them.

use std::collections::HashMap;

use domain::Moment;
use domain::feed::{Changes, Post, PostFacts};
use domain::id::{AccountId, MediaId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

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
    newest(db, account, usize::MAX).await
}

/// The newest `limit` posts with their pictures, newest first.
pub(crate) async fn with_pictures(db: &impl ConnectionTrait, account: AccountId, limit: usize) -> Result<Vec<Post>> {
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

/// Writes what changed, however much it is in a few statements. A picture that
/// was copied stays with its item.
pub(crate) async fn apply(db: &impl ConnectionTrait, account: AccountId, changes: &Changes) -> Result<()> {
    let row = |facts: &PostFacts| -> Result<ActiveModel> {
        Ok(ActiveModel {
            account_id: Set(account.0),
            media_id: Set(facts.id.0.clone()),
            at: Set(facts.at),
            facts: Set(to_json(TABLE, facts)?),
        })
    };
    let rows = changes.written.iter().chain(&changes.counted).map(row).collect::<Result<Vec<_>>>()?;
    if !rows.is_empty() {
        let known = OnConflict::columns([Column::AccountId, Column::MediaId])
            .update_columns([Column::At, Column::Facts])
            .to_owned();
        Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    let rearranged: Vec<_> = changes.written.iter().filter(|facts| changes.rearranged.contains(&facts.id)).collect();
    item::sync(db, account, &rearranged).await?;
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

/// In the order of [`PostFacts::newest_first`]: databases do not agree on how
/// to compare texts.
async fn newest(db: &impl ConnectionTrait, account: AccountId, limit: usize) -> Result<Vec<PostFacts>> {
    let rows = Entity::find().filter(Column::AccountId.eq(account.0)).all(db).await?;
    let read = |row: Model| from_json(TABLE, "facts", row.facts);
    let mut posts: Vec<PostFacts> = rows.into_iter().map(read).collect::<Result<_>>()?;
    posts.sort_by(PostFacts::newest_first);
    posts.truncate(limit);
    Ok(posts)
}
