//! What links in mails are good for.

use domain::id::{PersonId, TicketId};
use domain::mail::{LinkProblem, Purpose};
use sea_orm::ConnectionTrait;
use secrecy::SecretString;

use crate::store::ticket::Ticket;
use crate::{Error, Services, random, store};

/// A new one, which replaces those that the person had for the same purpose.
pub(super) async fn issue(
    s: &Services,
    db: &impl ConnectionTrait,
    person: PersonId,
    purpose: Purpose,
    address: &str,
) -> Result<TicketId, Error> {
    let (id, now) = (TicketId(random::new_id()), s.wall.now());
    let expires_at = now + purpose.lasts();
    let ticket = Ticket { id, purpose, person, address: address.to_owned(), expires_at, is_used: false };
    store::ticket::insert(db, &ticket, now).await?;
    Ok(id)
}

/// The one that a link names, if it is still good.
pub(super) async fn open(
    s: &Services,
    db: &impl ConnectionTrait,
    purpose: Purpose,
    link: &SecretString,
) -> Result<Ticket, Error> {
    let id = s.keys.verify(purpose, link).ok_or(Error::Link(LinkProblem::Unknown))?;
    let ticket = store::ticket::find(db, id).await?.filter(|ticket| ticket.purpose == purpose);
    let ticket = ticket.ok_or(Error::Link(LinkProblem::Unknown))?;
    if ticket.is_used {
        return Err(Error::Link(LinkProblem::Used));
    }
    if ticket.expires_at <= s.wall.now() {
        return Err(Error::Link(LinkProblem::Expired));
    }
    Ok(ticket)
}
