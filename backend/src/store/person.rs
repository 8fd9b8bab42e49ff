//! People who can sign in here.

use domain::Moment;
use domain::id::PersonId;
use domain::person::Email;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::Result;

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: Option<String>,
    pub password_hash: Option<String>,
    pub name: String,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Somebody who can sign in.
#[derive(Clone)]
pub(crate) struct Person {
    /// The person.
    pub id: PersonId,
    /// How the password was hashed; none for those who sign in at Meta.
    pub password_hash: Option<String>,
    /// The address they sign in with, if they do.
    pub email: Option<String>,
    /// What the user menu calls them.
    pub name: String,
}

impl Person {
    /// The name, unless it is the e-mail address.
    pub(crate) fn known_to_others(self) -> Option<String> {
        (!self.name_is_private()).then_some(self.name)
    }

    /// Whether the name is the e-mail address, which is nobody else's business.
    pub(crate) fn name_is_private(&self) -> bool {
        self.email.as_ref() == Some(&self.name)
    }
}

impl From<Model> for Person {
    fn from(row: Model) -> Self {
        Self { id: PersonId(row.id), password_hash: row.password_hash, email: row.email, name: row.name }
    }
}

/// Adds a person, with e-mail and password hash if that is how they sign in.
///
/// # Errors
/// [`super::Error::Duplicate`] when the e-mail address is taken.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: PersonId,
    login: Option<(&Email, &str)>,
    name: &str,
    now: Moment,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        email: Set(login.map(|(email, _)| email.as_str().to_owned())),
        password_hash: Set(login.map(|(_, hash)| hash.to_owned())),
        name: Set(name.to_owned()),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The person with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>> {
    Ok(Entity::find_by_id(id.0).one(db).await?.map(Person::from))
}

/// The person who signs in with this address. Rows from before addresses were
/// normalised are found too; of two, the one whose spelling was typed.
pub(crate) async fn by_email(db: &impl ConnectionTrait, email: &Email) -> Result<Option<Person>> {
    let spellings = email.spellings();
    let mut rows = Entity::find().filter(Column::Email.is_in(spellings.clone())).all(db).await?;
    rows.sort_by_key(|row| spellings.iter().position(|spelling| Some(spelling) == row.email.as_ref()));
    Ok(rows.into_iter().next().map(Person::from))
}

/// Replaces a password's hash, unless it was replaced meanwhile.
pub(crate) async fn rehash(db: &impl ConnectionTrait, id: PersonId, old: &str, new: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(new))
        .filter(Column::Id.eq(id.0))
        .filter(Column::PasswordHash.eq(old))
        .exec(db)
        .await?;
    Ok(())
}

/// Changes what the user menu calls a person, as Meta's names change too.
pub(crate) async fn rename(db: &impl ConnectionTrait, id: PersonId, name: &str) -> Result<()> {
    Entity::update_many().col_expr(Column::Name, Expr::value(name)).filter(Column::Id.eq(id.0)).exec(db).await?;
    Ok(())
}

/// Deletes a person with their sessions, identities and memberships.
pub(crate) async fn delete(db: &impl ConnectionTrait, id: PersonId) -> Result<()> {
    Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}
