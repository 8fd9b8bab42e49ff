//! The pictures and films of posts, and which of them were copied.

use std::collections::{HashMap, HashSet};

use domain::feed::PostFacts;
use domain::id::{AccountId, MediaId, PictureHash};
use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use super::Result;

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
    pub hopeless: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which picture stands for which item of which post: `(post, item) → hash`.
pub(crate) async fn copied(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<HashMap<(MediaId, MediaId), String>> {
    let rows = Entity::find().filter(Column::AccountId.eq(account.0)).filter(Column::Picture.is_not_null());
    let pair = |row: Model| row.picture.map(|hash| ((MediaId(row.post_id), MediaId(row.media_id)), hash));
    Ok(rows.all(db).await?.into_iter().filter_map(pair).collect())
}

/// The items whose picture still has to be copied, as `(post, item)`.
pub(crate) async fn missing(db: &impl ConnectionTrait, account: AccountId) -> Result<HashSet<(MediaId, MediaId)>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::Picture.is_null())
        .filter(Column::Hopeless.eq(false));
    Ok(rows.all(db).await?.into_iter().map(|row| (MediaId(row.post_id), MediaId(row.media_id))).collect())
}

/// Makes the items of a post those that Meta names.
pub(super) async fn sync(db: &impl ConnectionTrait, account: AccountId, post: &PostFacts) -> Result<()> {
    let of_post = Condition::all().add(Column::AccountId.eq(account.0)).add(Column::PostId.eq(post.id.0.as_str()));
    let named = post.items.iter().map(|item| item.id.0.as_str());
    Entity::delete_many().filter(of_post).filter(Column::MediaId.is_not_in(named)).exec(db).await?;
    for item in &post.items {
        let row = ActiveModel {
            account_id: Set(account.0),
            post_id: Set(post.id.0.clone()),
            media_id: Set(item.id.0.clone()),
            picture: Set(None),
            hopeless: Set(false),
        };
        Entity::insert(row)
            .on_conflict_do_nothing_on([Column::AccountId, Column::PostId, Column::MediaId])
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Notes what became of copying: a picture, or `None` where trying again makes no sense.
pub(crate) async fn settle(
    db: &impl ConnectionTrait,
    account: AccountId,
    post: &MediaId,
    item: &MediaId,
    picture: Option<&PictureHash>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Picture, Expr::value(picture.map(|hash| hash.0.clone())))
        .col_expr(Column::Hopeless, Expr::value(picture.is_none()))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::PostId.eq(post.0.as_str()))
        .filter(Column::MediaId.eq(item.0.as_str()))
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
