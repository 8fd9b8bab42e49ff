//! Who looks after which account.

use domain::Moment;
use domain::id::{AccountId, PersonId};
use domain::member::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::Result;
use super::convert::{from_word, to_word};

const TABLE: &str = "membership";

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
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Lets a person look after an account. Whoever does already keeps the greater
/// of the two roles: a developer may turn out to be the owner.
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
        role: Set(to_word(TABLE, &role)?),
        created_at: Set(now),
    };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::PersonId, Column::AccountId])
        .exec_without_returning(db)
        .await?;
    if role == Role::Owner {
        Entity::update_many()
            .col_expr(Column::Role, Expr::value(to_word(TABLE, &role)?))
            .filter(Column::PersonId.eq(person.0))
            .filter(Column::AccountId.eq(account.0))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// What a person is to an account; `None` for whoever is nothing to it.
pub(crate) async fn role(db: &impl ConnectionTrait, person: PersonId, account: AccountId) -> Result<Option<Role>> {
    let row = Entity::find_by_id((person.0, account.0)).one(db).await?;
    row.map(|row| from_word(TABLE, "role", row.role)).transpose()
}

/// The ids of the accounts that a person looks after, in this role or in any, to select by.
pub(super) fn accounts_of(person: PersonId, role: Option<&str>) -> SelectStatement {
    let mut rows = Entity::find().select_only().column(Column::AccountId).filter(Column::PersonId.eq(person.0));
    if let Some(role) = role {
        rows = rows.filter(Column::Role.eq(role));
    }
    rows.into_query()
}

/// Takes an account off a person's list.
pub(crate) async fn remove(db: &impl ConnectionTrait, person: PersonId, account: AccountId) -> Result<()> {
    Entity::delete_by_id((person.0, account.0)).exec(db).await?;
    Ok(())
}

/// The accounts that nobody but this person looks after.
pub(crate) async fn only_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<AccountId>> {
    let shared = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .filter(Column::PersonId.ne(person.0))
        .filter(Column::AccountId.in_subquery(accounts_of(person, None)))
        .into_query();
    let rows = Entity::find()
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::AccountId.not_in_subquery(shared))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| AccountId(row.account_id)).collect())
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
