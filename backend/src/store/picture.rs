//! The pictures that are kept here, by the hash of their bytes.

use std::collections::HashMap;

use domain::Moment;
use domain::feed::Picture;
use domain::id::{AccountId, PictureHash};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict, Query};
use sea_orm::{QueryOrder, QuerySelect};

use super::convert::{from_json, to_json};
use super::{Error, Result, item};

const TABLE: &str = "picture";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "picture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub width: i32,
    pub height: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub widths: Json,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Picture {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            hash: PictureHash(row.hash),
            width: row.width.unsigned_abs(),
            height: row.height.unsigned_abs(),
            widths: from_json(TABLE, "widths", row.widths)?,
        })
    }
}

/// Notes a picture; one that is known becomes young again, so that it is not
/// collected before it is used.
pub(crate) async fn insert(db: &impl ConnectionTrait, picture: &Picture, now: Moment) -> Result<()> {
    let number = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    let row = ActiveModel {
        hash: Set(picture.hash.0.clone()),
        width: Set(number(picture.width)),
        height: Set(number(picture.height)),
        widths: Set(to_json(TABLE, &picture.widths)?),
        created_at: Set(now),
    };
    let known = OnConflict::column(Column::Hash).update_columns([Column::Widths, Column::CreatedAt]).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Makes a picture young again: it is out of use, but pages that browsers hold
/// still name it.
pub(crate) async fn touch(db: &impl ConnectionTrait, hash: &PictureHash, now: Moment) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::CreatedAt, Expr::value(now))
        .filter(Column::Hash.eq(hash.0.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Every picture that an account's posts use, by hash.
pub(super) async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<HashMap<String, Picture>> {
    let used = Query::select()
        .column(item::Column::Picture)
        .from(item::Entity)
        .and_where(Expr::col(item::Column::AccountId).eq(account.0))
        .and_where(Expr::col(item::Column::Picture).is_not_null())
        .take();
    let rows = Entity::find().filter(Column::Hash.in_subquery(used)).all(db).await?;
    rows.into_iter().map(|row| Ok((row.hash.clone(), Picture::try_from(row)?))).collect()
}

/// Up to `limit` pictures noted before `before` that no post uses.
pub(crate) async fn unused(db: &impl ConnectionTrait, before: Moment, limit: u64) -> Result<Vec<Picture>> {
    let used = Query::select()
        .expr(Expr::value(1))
        .from(item::Entity)
        .and_where(Expr::col((item::Entity, item::Column::Picture)).equals((Entity, Column::Hash)))
        .take();
    let rows = Entity::find()
        .filter(Column::CreatedAt.lt(before))
        .filter(Expr::not_exists(used))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Hash)
        .limit(limit);
    rows.all(db).await?.into_iter().map(Picture::try_from).collect()
}

/// Forgets a picture, unless a post has come to use it.
pub(crate) async fn delete(db: &impl ConnectionTrait, hash: &PictureHash) -> Result<bool> {
    match Entity::delete_by_id(hash.0.clone()).exec(db).await {
        Ok(deleted) => Ok(deleted.rows_affected > 0),
        Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_))) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
