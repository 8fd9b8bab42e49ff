//! The pictures and films of posts, and which of them were copied.

use std::collections::HashMap;

use domain::feed::PostFacts;
use domain::feed::copying::{Copying, Failing};
use domain::id::{AccountId, MediaId, PictureHash};
use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::convert::{from_json, to_json};
use super::{Error, Result};

const TABLE: &str = "item";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub media_id: String,
    pub picture: Option<String>,
    pub source: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub failing: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An item of a post: `(post, item)`.
pub(crate) type Key = (MediaId, MediaId);

impl TryFrom<Model> for Copying {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            copied: row.picture.is_some(),
            source: row.source,
            failing: row.failing.map(|failing| from_json(TABLE, "failing", failing)).transpose()?,
        })
    }
}

/// Which picture stands for which item of which post: `(post, item) → hash`.
pub(crate) async fn copied(db: &impl ConnectionTrait, account: AccountId) -> Result<HashMap<Key, String>> {
    let rows = Entity::find().filter(Column::AccountId.eq(account.0)).filter(Column::Picture.is_not_null());
    let pair = |row: Model| row.picture.map(|hash| ((MediaId(row.post_id), MediaId(row.media_id)), hash));
    Ok(rows.all(db).await?.into_iter().filter_map(pair).collect())
}

/// How far the pictures of an account have come.
pub(crate) async fn copying(db: &impl ConnectionTrait, account: AccountId) -> Result<HashMap<Key, Copying>> {
    let rows = Entity::find().filter(Column::AccountId.eq(account.0)).all(db).await?;
    let pair = |row: Model| Ok(((MediaId(row.post_id.clone()), MediaId(row.media_id.clone())), row.try_into()?));
    rows.into_iter().map(pair).collect()
}

/// Makes the items of these posts those that Meta names.
pub(super) async fn sync(db: &impl ConnectionTrait, account: AccountId, posts: &[&PostFacts]) -> Result<()> {
    if posts.is_empty() {
        return Ok(());
    }
    let not_named = |any: Condition, post: &&PostFacts| {
        let named = post.items.iter().map(|item| item.id.0.as_str());
        any.add(Column::PostId.eq(post.id.0.as_str()).and(Column::MediaId.is_not_in(named)))
    };
    let not_named = posts.iter().fold(Condition::any(), not_named);
    Entity::delete_many().filter(Column::AccountId.eq(account.0)).filter(not_named).exec(db).await?;
    let row = |post: &MediaId, item: &MediaId| ActiveModel {
        account_id: Set(account.0),
        post_id: Set(post.0.clone()),
        media_id: Set(item.0.clone()),
        picture: Set(None),
        source: Set(None),
        failing: Set(None),
    };
    let rows: Vec<_> =
        posts.iter().flat_map(|post| post.items.iter().map(move |item| row(&post.id, &item.id))).collect();
    // Databases take some ten thousand values at once.
    for rows in rows.chunks(1_000) {
        Entity::insert_many(rows.to_vec())
            .on_conflict_do_nothing_on([Column::AccountId, Column::PostId, Column::MediaId])
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The picture that stands for an item.
pub(crate) async fn picture(
    db: &impl ConnectionTrait,
    account: AccountId,
    (post, item): &Key,
) -> Result<Option<PictureHash>> {
    let row = Entity::find_by_id((account.0, post.0.clone(), item.0.clone())).one(db).await?;
    Ok(row.and_then(|row| row.picture).map(PictureHash))
}

/// Notes that an item's picture is here. What stood for it until now does no longer.
pub(crate) async fn note_copied(
    db: &impl ConnectionTrait,
    account: AccountId,
    (post, item): &Key,
    source: &str,
    picture: &PictureHash,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Picture, Expr::value(picture.0.as_str()))
        .col_expr(Column::Source, Expr::value(source))
        .col_expr(Column::Failing, Expr::value(None::<Json>))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::PostId.eq(post.0.as_str()))
        .filter(Column::MediaId.eq(item.0.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that an item's picture could not be copied. What stands for it stays.
pub(crate) async fn note_failing(
    db: &impl ConnectionTrait,
    account: AccountId,
    (post, item): &Key,
    source: &str,
    failing: &Failing,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Source, Expr::value(source))
        .col_expr(Column::Failing, Expr::value(to_json(TABLE, failing)?))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::PostId.eq(post.0.as_str()))
        .filter(Column::MediaId.eq(item.0.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Somebody wants another look at whatever could not be copied, given up or not.
pub(crate) async fn ask_again(db: &impl ConnectionTrait, account: AccountId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Source, Expr::value(None::<String>))
        .col_expr(Column::Failing, Expr::value(None::<Json>))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::Failing.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// The items of a picture that is not kept any more have to be copied again.
pub(crate) async fn forget_picture(db: &impl ConnectionTrait, picture: &PictureHash) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Picture, Expr::value(None::<String>))
        .filter(Column::Picture.eq(picture.0.as_str()))
        .exec(db)
        .await?;
    Ok(())
}
