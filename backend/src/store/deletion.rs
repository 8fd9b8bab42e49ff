//! Receipts of deletions that people asked Meta for. They outlive the data.

use domain::Moment;
use domain::platform::Platform;
use domain::view::DeletionView;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::Result;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "deletion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub platform: String,
    pub meta_user_hash: String,
    pub requested_at: Moment,
    pub done_at: Option<Moment>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Writes a receipt under a code. The person is kept as a digest only.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    code: &str,
    platform: Platform,
    meta_user_hash: &str,
    receipt: DeletionView,
) -> Result<()> {
    let row = ActiveModel {
        code: Set(code.to_owned()),
        platform: Set(platform.as_str().to_owned()),
        meta_user_hash: Set(meta_user_hash.to_owned()),
        requested_at: Set(receipt.requested_at),
        done_at: Set(receipt.done_at),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The receipt with this code.
pub(crate) async fn find(db: &impl ConnectionTrait, code: &str) -> Result<Option<DeletionView>> {
    let row = Entity::find_by_id(code.to_owned()).one(db).await?;
    Ok(row.map(|row| DeletionView { requested_at: row.requested_at, done_at: row.done_at }))
}
