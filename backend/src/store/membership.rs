//! Who looks after which account.

use domain::Moment;
use domain::id::{AccountId, PersonId};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Result, account};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub role: String,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "account::Entity", from = "Column::AccountId", to = "account::Column::Id")]
    Account,
}

impl Related<account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// What somebody is to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Signed in to Meta as the account itself.
    Owner,
    /// Looks after it for the owner.
    Developer,
}

impl Role {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Developer => "developer",
        }
    }
}

/// Lets a person look after an account. Whoever does already keeps their role.
pub(crate) async fn add(
    db: &impl ConnectionTrait,
    person: PersonId,
    account: AccountId,
    role: Role,
    now: Moment,
) -> Result<()> {
    let row = ActiveModel {
        person_id: Set(person.0),
        account_id: Set(account.0),
        role: Set(role.as_str().to_owned()),
        created_at: Set(now),
    };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::PersonId, Column::AccountId])
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes an account off a person's list.
pub(crate) async fn remove(db: &impl ConnectionTrait, person: PersonId, account: AccountId) -> Result<()> {
    Entity::delete_by_id((person.0, account.0)).exec(db).await?;
    Ok(())
}

/// Everybody who looks after an account, in the order in which they came.
pub(crate) async fn members_of(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<PersonId>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::PersonId)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person_id)).collect())
}
