//! People who can sign in here.
//!
//! An address is held by one person at most, who logs in with it (`email`). Who
//! signed up with an address that somebody holds, or wants to move to another
//! one, has it as `wanted_email` until it is confirmed by mail.

use domain::Moment;
use domain::id::PersonId;
use domain::language::Language;
use domain::person::{Email, Name, Profile};
use domain::word::Word as _;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::Result;
use super::mail::{self, Recipient};

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: Option<String>,
    pub password_hash: Option<String>,
    pub name: String,
    pub created_at: Moment,
    pub email_confirmed_at: Option<Moment>,
    pub wanted_email: Option<String>,
    pub own_name: Option<String>,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    pub theme: Option<String>,
    pub leaving_at: Option<Moment>,
    pub staff: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Somebody who can sign in.
#[derive(Clone)]
pub(crate) struct Person {
    /// The person.
    pub id: PersonId,
    /// How the password was hashed; none for those who sign in at Meta alone.
    pub password_hash: Option<String>,
    /// The address they hold, if they do.
    pub email: Option<String>,
    /// Whether a mail has shown that it is theirs.
    pub email_is_confirmed: bool,
    /// The address that waits to be confirmed, if one does.
    pub wanted_email: Option<String>,
    /// What the user menu calls them: what they chose, or what they signed in as.
    pub name: String,
    /// What they are called while they have chosen no name.
    pub usual_name: String,
    /// What they have chosen for themselves.
    pub profile: Profile,
    /// When everything of theirs is deleted, if they asked for that.
    pub leaving_at: Option<Moment>,
    /// Whether they help others here.
    pub is_staff: bool,
}

impl Person {
    /// The name, unless it is the e-mail address.
    pub(crate) fn known_to_others(self) -> Option<String> {
        (!self.name_is_private()).then_some(self.name)
    }

    /// Whether the name is the e-mail address, which is nobody else's business.
    pub(crate) fn name_is_private(&self) -> bool {
        [&self.email, &self.wanted_email].into_iter().flatten().any(|address| *address == self.name)
    }

    /// The address that they log in with, or want to.
    pub(crate) fn address(&self) -> Option<&str> {
        self.email.as_deref().or(self.wanted_email.as_deref())
    }

    /// Whether an address and a password are a way in that nobody can take: whoever
    /// only wants an address may lose it to whoever has it.
    pub(crate) fn logs_in_by_email(&self) -> bool {
        self.email.is_some() && self.password_hash.is_some()
    }

    /// Where mails go: to an address that is known to be theirs, in their language.
    pub(crate) fn mailbox(&self) -> Option<Recipient> {
        let address = self.email.clone().filter(|_| self.email_is_confirmed)?;
        Some(self.at(address, Language::default()))
    }

    /// This person at some address, in their language, or in that of their browser.
    pub(crate) fn at(&self, address: String, browser: Language) -> Recipient {
        Recipient { person: Some(self.id), address, language: self.profile.language.unwrap_or(browser) }
    }
}

impl From<Model> for Person {
    fn from(row: Model) -> Self {
        let own_name = row.own_name.and_then(|name| Name::parse(&name).ok());
        Self {
            id: PersonId(row.id),
            password_hash: row.password_hash,
            email: row.email,
            email_is_confirmed: row.email_confirmed_at.is_some(),
            wanted_email: row.wanted_email,
            name: own_name.as_ref().map_or_else(|| row.name.clone(), |name| name.as_str().to_owned()),
            usual_name: row.name,
            profile: Profile {
                name: own_name,
                language: row.language.and_then(|word| word.parse().ok()),
                time_zone: row.time_zone,
                theme: row.theme.and_then(|word| word.parse().ok()),
            },
            leaving_at: row.leaving_at,
            is_staff: row.staff,
        }
    }
}

/// Adds a person who signs in at Meta.
pub(crate) async fn insert(db: &impl ConnectionTrait, id: PersonId, name: &str, now: Moment) -> Result<()> {
    Entity::insert(new(id, name, now)).exec_without_returning(db).await?;
    Ok(())
}

/// Adds a person who signs in with an address, which they hold or want, and a password.
///
/// # Errors
/// [`super::Error::Duplicate`] when somebody holds the address already.
pub(crate) async fn sign_up(
    db: &impl ConnectionTrait,
    id: PersonId,
    (email, holds): (&Email, bool),
    password_hash: &str,
    language: Language,
    now: Moment,
) -> Result<()> {
    let address = email.as_str().to_owned();
    let (held, wanted) = if holds { (Some(address), None) } else { (None, Some(address)) };
    let row = ActiveModel {
        email: Set(held),
        wanted_email: Set(wanted),
        password_hash: Set(Some(password_hash.to_owned())),
        language: Set(Some(language.word().to_owned())),
        ..new(id, email.as_str(), now)
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn new(id: PersonId, name: &str, now: Moment) -> ActiveModel {
    ActiveModel {
        id: Set(id.0),
        name: Set(name.to_owned()),
        created_at: Set(now),
        email: NotSet,
        password_hash: NotSet,
        email_confirmed_at: NotSet,
        wanted_email: NotSet,
        own_name: NotSet,
        language: NotSet,
        time_zone: NotSet,
        theme: NotSet,
        leaving_at: NotSet,
        staff: NotSet,
    }
}

/// The person with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>> {
    Ok(Entity::find_by_id(id.0).one(db).await?.map(Person::from))
}

/// The person who holds this address. Rows from before addresses were
/// normalised are found too; of two, the one whose spelling was typed.
pub(crate) async fn by_email(db: &impl ConnectionTrait, email: &Email) -> Result<Option<Person>> {
    let spellings = email.spellings();
    let mut rows = Entity::find().filter(Column::Email.is_in(spellings.clone())).all(db).await?;
    rows.sort_by_key(|row| spellings.iter().position(|spelling| Some(spelling) == row.email.as_ref()));
    Ok(rows.into_iter().next().map(Person::from))
}

/// Whoever signed up last with this address, and does not hold it.
pub(crate) async fn last_to_want(db: &impl ConnectionTrait, email: &Email) -> Result<Option<Person>> {
    let rows = Entity::find()
        .filter(Column::WantedEmail.eq(email.as_str()))
        .filter(Column::Email.is_null())
        .filter(Column::PasswordHash.is_not_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(1);
    Ok(rows.one(db).await?.map(Person::from))
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

/// Gives a person this password.
pub(crate) async fn set_password(db: &impl ConnectionTrait, id: PersonId, hash: &str) -> Result<()> {
    set(db, id, [(Column::PasswordHash, Expr::value(hash))]).await
}

/// From now on they hold this address, which is known to be theirs.
pub(crate) async fn confirm(db: &impl ConnectionTrait, person: &Person, address: &str, now: Moment) -> Result<()> {
    let mut changes = vec![
        (Column::Email, Expr::value(address)),
        (Column::EmailConfirmedAt, Expr::value(now)),
        (Column::WantedEmail, Expr::value(None::<String>)),
    ];
    if person.profile.name.is_none() && person.name_is_private() {
        changes.push((Column::Name, Expr::value(address)));
    }
    set(db, person.id, changes).await
}

/// They hold this address no longer, which was never known to be theirs.
pub(crate) async fn displace(db: &impl ConnectionTrait, person: &Person) -> Result<()> {
    let changes =
        [(Column::Email, Expr::value(None::<String>)), (Column::WantedEmail, Expr::value(person.email.as_deref()))];
    set(db, person.id, changes).await
}

/// They want this address, or none any more.
pub(crate) async fn want(db: &impl ConnectionTrait, id: PersonId, email: Option<&Email>) -> Result<()> {
    set(db, id, [(Column::WantedEmail, Expr::value(email.map(Email::as_str)))]).await
}

/// They log in with an address and a password no longer.
pub(crate) async fn forget_email(db: &impl ConnectionTrait, person: &Person, name: Option<&str>) -> Result<()> {
    let mut changes = vec![
        (Column::Email, Expr::value(None::<String>)),
        (Column::WantedEmail, Expr::value(None::<String>)),
        (Column::EmailConfirmedAt, Expr::value(None::<Moment>)),
        (Column::PasswordHash, Expr::value(None::<String>)),
    ];
    if let Some(name) = name {
        changes.push((Column::Name, Expr::value(name)));
    }
    set(db, person.id, changes).await
}

/// What they have chosen for themselves.
pub(crate) async fn set_profile(db: &impl ConnectionTrait, id: PersonId, profile: &Profile) -> Result<()> {
    let changes = [
        (Column::OwnName, Expr::value(profile.name.as_ref().map(Name::as_str))),
        (Column::Language, Expr::value(profile.language.map(|language| language.word()))),
        (Column::TimeZone, Expr::value(profile.time_zone.as_deref())),
        (Column::Theme, Expr::value(profile.theme.map(|theme| theme.word()))),
    ];
    set(db, id, changes).await
}

/// When everything of theirs is deleted; `None` when they stay.
pub(crate) async fn set_leaving(db: &impl ConnectionTrait, id: PersonId, at: Option<Moment>) -> Result<()> {
    set(db, id, [(Column::LeavingAt, Expr::value(at))]).await
}

/// Whether they help others here.
pub(crate) async fn set_staff(db: &impl ConnectionTrait, id: PersonId, staff: bool) -> Result<()> {
    set(db, id, [(Column::Staff, Expr::value(staff))]).await
}

/// Those whose time to leave has come, the longest due first.
pub(crate) async fn leaving(db: &impl ConnectionTrait, by: Moment, most: u64) -> Result<Vec<Person>> {
    let rows = Entity::find().filter(Column::LeavingAt.lte(by)).order_by_asc(Column::LeavingAt).limit(most);
    Ok(rows.all(db).await?.into_iter().map(Person::from).collect())
}

/// Changes what the user menu calls a person who chose nothing, as Meta's names change too.
pub(crate) async fn rename(db: &impl ConnectionTrait, id: PersonId, name: &str) -> Result<()> {
    set(db, id, [(Column::Name, Expr::value(name))]).await
}

/// Deletes a person with their sessions, identities and memberships, and the mails to them.
pub(crate) async fn delete(db: &impl ConnectionTrait, id: PersonId) -> Result<()> {
    mail::forget(db, id).await?;
    Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}

async fn set(db: &impl ConnectionTrait, id: PersonId, changes: impl IntoIterator<Item = (Column, Expr)>) -> Result<()> {
    let update = Entity::update_many().filter(Column::Id.eq(id.0));
    changes.into_iter().fold(update, |update, (column, value)| update.col_expr(column, value)).exec(db).await?;
    Ok(())
}
