//! The tokens that lead to an account which lives by another one.

use domain::Moment;
use domain::id::{AccountId, TokenId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::Result;
use super::account::{self, Account};
use super::token::{self, TokenRow};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "spare")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_id: Uuid,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "token::Entity", from = "Column::TokenId", to = "token::Column::Id")]
    Token,
}

impl Related<token::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Token.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a token for an account that lives by another one.
pub(crate) async fn keep(db: &impl ConnectionTrait, account: AccountId, token: TokenId, now: Moment) -> Result<()> {
    let row = ActiveModel { account_id: Set(account.0), token_id: Set(token.0), created_at: Set(now) };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::AccountId, Column::TokenId])
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A token is no spare of this account any more: it lives by it.
pub(crate) async fn take(db: &impl ConnectionTrait, account: AccountId, token: TokenId) -> Result<()> {
    Entity::delete_by_id((account.0, token.0)).exec(db).await?;
    Ok(())
}

/// The spares of an account, the oldest first.
pub(crate) async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<TokenRow>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::TokenId)
        .find_both_related(token::Entity)
        .all(db)
        .await?;
    rows.into_iter().map(|(_, token)| token.try_into()).collect()
}

/// The accounts that keep a token as a spare.
pub(crate) async fn accounts_of(db: &impl ConnectionTrait, token: TokenId) -> Result<Vec<Account>> {
    let kept = Entity::find().select_only().column(Column::AccountId).filter(Column::TokenId.eq(token.0));
    account::among(db, kept.into_query()).await
}

/// Whether no account lives by a token, and none keeps it as a spare.
pub(crate) async fn leads_nowhere(db: &impl ConnectionTrait, token: TokenId) -> Result<bool> {
    let kept = Entity::find().filter(Column::TokenId.eq(token.0)).one(db).await?;
    Ok(kept.is_none() && account::of_token(db, token).await?.is_empty())
}
