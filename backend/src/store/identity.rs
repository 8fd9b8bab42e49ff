//! Social logins: who of Meta's people is who here.

use domain::Moment;
use domain::id::{AppScopedId, PersonId};
use domain::platform::Platform;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Result, convert};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub meta_user_id: String,
    pub person_id: Uuid,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The person who signs in with this identity.
pub(crate) async fn person(
    db: &impl ConnectionTrait,
    platform: Platform,
    user_id: &AppScopedId,
) -> Result<Option<PersonId>> {
    let row = Entity::find_by_id((platform.as_str().to_owned(), user_id.0.clone())).one(db).await?;
    Ok(row.map(|row| PersonId(row.person_id)))
}

/// Lets a person sign in with this identity.
///
/// # Errors
/// [`super::Error::Duplicate`] when somebody signs in with it already.
pub(crate) async fn link(
    db: &impl ConnectionTrait,
    platform: Platform,
    user_id: &AppScopedId,
    person: PersonId,
    now: Moment,
) -> Result<()> {
    let row = ActiveModel {
        platform: Set(platform.as_str().to_owned()),
        meta_user_id: Set(user_id.0.clone()),
        person_id: Set(person.0),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The platforms where a person can sign in.
pub(crate) async fn platforms(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Platform>> {
    let rows = Entity::find().filter(Column::PersonId.eq(person.0)).all(db).await?;
    rows.into_iter().map(|row| convert::platform("identity", &row.platform)).collect()
}

/// Where at Meta a person can sign in, and since when.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<(Platform, Moment)>> {
    let rows = Entity::find().filter(Column::PersonId.eq(person.0)).order_by_asc(Column::CreatedAt).all(db).await?;
    rows.into_iter().map(|row| Ok((convert::platform("identity", &row.platform)?, row.created_at))).collect()
}

/// Lets a person sign in with this platform no longer.
pub(crate) async fn unlink(db: &impl ConnectionTrait, person: PersonId, platform: Platform) -> Result<()> {
    Entity::delete_many()
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::Platform.eq(platform.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Lets nobody sign in with this identity any more.
pub(crate) async fn delete(db: &impl ConnectionTrait, platform: Platform, user_id: &AppScopedId) -> Result<()> {
    Entity::delete_by_id((platform.as_str().to_owned(), user_id.0.clone())).exec(db).await?;
    Ok(())
}
