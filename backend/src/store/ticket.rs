//! What links in mails are good for, once. The links themselves are signed, and kept nowhere.

use domain::Moment;
use domain::id::{PersonId, TicketId};
use domain::mail::Purpose;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::convert::{from_word, to_word};
use super::forget::delete_in_batches;
use super::{Db, Result};

const TABLE: &str = "ticket";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "ticket")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub purpose: String,
    pub person_id: Uuid,
    pub address: String,
    pub expires_at: Moment,
    pub used_at: Option<Moment>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a link is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    /// The ticket.
    pub id: TicketId,
    /// For what.
    pub purpose: Purpose,
    /// For whom.
    pub person: PersonId,
    /// The address that the mail went to.
    pub address: String,
    /// Until when.
    pub expires_at: Moment,
    /// Whether it has done its work, or a later one has replaced it.
    pub is_used: bool,
}

/// Writes a ticket. Those of the same purpose that the person had are over.
pub(crate) async fn insert(db: &impl ConnectionTrait, ticket: &Ticket, now: Moment) -> Result<()> {
    use_up(db, ticket.person, ticket.purpose, now).await?;
    let row = ActiveModel {
        id: Set(ticket.id.0),
        purpose: Set(to_word(TABLE, &ticket.purpose)?),
        person_id: Set(ticket.person.0),
        address: Set(ticket.address.clone()),
        expires_at: Set(ticket.expires_at),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The ticket with this id, however old it is.
pub(crate) async fn find(db: &impl ConnectionTrait, id: TicketId) -> Result<Option<Ticket>> {
    let Some(row) = Entity::find_by_id(id.0).one(db).await? else { return Ok(None) };
    Ok(Some(Ticket {
        id,
        purpose: from_word(TABLE, "purpose", row.purpose)?,
        person: PersonId(row.person_id),
        address: row.address,
        expires_at: row.expires_at,
        is_used: row.used_at.is_some(),
    }))
}

/// From now on no ticket of this purpose is good for anything to this person.
pub(crate) async fn use_up(db: &impl ConnectionTrait, person: PersonId, purpose: Purpose, now: Moment) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::Purpose.eq(to_word(TABLE, &purpose)?))
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes the tickets that expired before `before`. Returns how many there were.
pub(crate) async fn delete_old(db: &Db, before: Moment) -> Result<u64> {
    delete_in_batches(db, TABLE, "id", "expires_at < $1", before).await
}
