//! The outbox: mails to people, until they are taken by a mail server.

use domain::Moment;
use domain::id::{MailId, PersonId};
use domain::language::Language;
use domain::mail::Letter;
use domain::word::Word as _;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::convert::{from_json, to_json};
use super::forget::delete_in_batches;
use super::living_job::living_job;
use super::{Db, Result};

const TABLE: &str = "mail";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Option<Uuid>,
    pub address: String,
    pub language: String,
    pub letter: Json,
    pub created_at: Moment,
    pub tries: i32,
    pub sent_at: Option<Moment>,
    pub given_up_at: Option<Moment>,
    pub last_error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whom a mail goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recipient {
    /// Who, while they are here.
    pub person: Option<PersonId>,
    /// Where to.
    pub address: String,
    /// What they read.
    pub language: Language,
}

/// A mail that waits to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    /// Whom it goes to.
    pub to: Recipient,
    /// What it says.
    pub letter: Letter,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// Puts a mail into the outbox.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: MailId,
    to: &Recipient,
    letter: &Letter,
    now: Moment,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        person_id: Set(to.person.map(|person| person.0)),
        address: Set(to.address.clone()),
        language: Set(to.language.word().to_owned()),
        letter: Set(to_json(TABLE, letter)?),
        created_at: Set(now),
        tries: Set(0),
        sent_at: Set(None),
        given_up_at: Set(None),
        last_error: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The mail with this id, if it still waits.
pub(crate) async fn waiting(db: &impl ConnectionTrait, id: MailId) -> Result<Option<Waiting>> {
    let still = Entity::find_by_id(id.0).filter(Column::SentAt.is_null()).filter(Column::GivenUpAt.is_null());
    let Some(row) = still.one(db).await? else { return Ok(None) };
    let to = Recipient {
        person: row.person_id.map(PersonId),
        address: row.address,
        language: row.language.parse().unwrap_or_default(),
    };
    let letter = from_json(TABLE, "letter", row.letter)?;
    Ok(Some(Waiting { to, letter, tries: u32::try_from(row.tries).unwrap_or(0) }))
}

/// A mail server has taken it.
pub(crate) async fn sent(db: &impl ConnectionTrait, id: MailId, wall: Moment) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SentAt, Expr::value(wall))
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// It was tried in vain; with a moment it is given up.
pub(crate) async fn failed(
    db: &impl ConnectionTrait,
    id: MailId,
    tries: u32,
    why: &str,
    given_up_at: Option<Moment>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Tries, Expr::value(i32::try_from(tries).unwrap_or(i32::MAX)))
        .col_expr(Column::LastError, Expr::value(why))
        .col_expr(Column::GivenUpAt, Expr::value(given_up_at))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// Up to `limit` mails that wait, but for which no job of this kind waits or
/// runs under the mail's id as dedupe key.
pub(crate) async fn without_job(db: &impl ConnectionTrait, kind: &str, limit: u64) -> Result<Vec<MailId>> {
    let living_job = living_job(db.get_database_backend(), kind, "mail.id");
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::SentAt.is_null())
        .filter(Column::GivenUpAt.is_null())
        .filter(Expr::not_exists(living_job))
        .order_by_asc(Column::CreatedAt)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(MailId).collect())
}

/// Deletes the mails to a person.
pub(crate) async fn forget(db: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person.0)).exec(db).await?;
    Ok(())
}

/// Deletes the mails that were written before `before`. Returns how many there were.
pub(crate) async fn delete_old(db: &Db, before: Moment) -> Result<u64> {
    delete_in_batches(db, TABLE, "id", "created_at < $1", before).await
}
