//! Passwords: forgotten, and changed.

use domain::Moment;
use domain::language::Language;
use domain::mail::{Letter, LinkProblem, Purpose};
use domain::person::{Email, Password};
use domain::token::Trigger;
use secrecy::SecretString;

use super::{NewSession, Signed, address, begin_session, tickets};
use crate::service::client::{Client, Network};
use crate::service::limits;
use crate::store::person::Person;
use crate::task::Forgot;
use crate::work::{Actor, Work};
use crate::{Error, Services, queue, store};

/// Somebody has forgotten the password of this address. Whether anybody has it
/// is looked up afterwards, by the worker, so that nobody learns it here.
///
/// # Errors
/// [`Error::BadEmail`], [`Error::TooMany`].
pub async fn forgot(s: &Services, email: &str, network: &Network, browser: Language) -> Result<(), Error> {
    let email = Email::parse(email)?;
    limits::forgot(s, network).await?;
    let txn = s.db.begin_write().await?;
    let job = Forgot { address: email.as_str().to_owned(), language: browser };
    queue::enqueue(&txn, &job, s.clock.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.wake.all();
    Ok(())
}

/// Writes to an address whose password was forgotten, if it is somebody's.
///
/// # Errors
/// A failing database.
pub(crate) async fn send_link(s: &Services, job: &Forgot) -> Result<(), Error> {
    let Ok(email) = Email::parse(&job.address) else { return Ok(()) };
    if !limits::may_write_to(s, &email).await? {
        return Ok(());
    }
    let work = s.begin(&Actor::system(Trigger::Login)).await?;
    let holder = store::person::by_email(work.db(), &email).await?;
    let person = match holder {
        None => store::person::last_to_want(work.db(), &email).await?,
        holder => holder,
    };
    let Some(person) = person.filter(|person| person.password_hash.is_some()) else { return Ok(()) };
    let address = person.address().unwrap_or(email.as_str()).to_owned();
    let ticket = tickets::issue(s, work.db(), person.id, Purpose::Reset, &address).await?;
    work.post(&person.at(address, job.language), &Letter::Reset { ticket }).await?;
    work.commit().await
}

/// The address whose password a link from a mail would change.
///
/// # Errors
/// [`Error::Link`].
pub async fn behind(s: &Services, link: &SecretString) -> Result<String, Error> {
    Ok(tickets::open(s, s.db.reader(), Purpose::Reset, link).await?.address)
}

/// A new password by the link from a mail. Every browser is signed out but this
/// one, which is signed in; and the address is known to be theirs.
///
/// # Errors
/// [`Error::Link`], [`Error::BadPassword`].
pub async fn reset(s: &Services, link: &SecretString, new: &str, client: &Client) -> Result<NewSession, Error> {
    let new = Password::parse(new)?;
    tickets::open(s, s.db.reader(), Purpose::Reset, link).await?;
    let hash = s.passwords.hash(new).await.map_err(Error::Hashing)?;
    let now = s.wall.now();
    let work = s.begin(&Actor::system(Trigger::Login)).await?;
    let ticket = tickets::open(s, work.db(), Purpose::Reset, link).await?;
    let person = store::person::by_id(work.db(), ticket.person).await?.ok_or(Error::Link(LinkProblem::Unknown))?;
    store::person::set_password(work.db(), person.id, &hash).await?;
    store::ticket::use_up(work.db(), person.id, Purpose::Reset, now).await?;
    store::session::delete_others(work.db(), person.id, None).await?;
    if !person.email_is_confirmed || person.email.as_deref() != Some(ticket.address.as_str()) {
        address::prove(s, &work, &person, &ticket.address).await?;
    }
    forget_wanted(&work, &person, now).await?;
    work.post(&person.at(ticket.address, client.language), &Letter::PasswordChanged).await?;
    let session = begin_session(work.db(), person.id, client, now).await?;
    work.commit().await?;
    Ok(session)
}

/// Whoever had the old password may have asked for another address: its link is over.
async fn forget_wanted(work: &Work, person: &Person, now: Moment) -> Result<(), Error> {
    if person.email.is_some() && person.wanted_email.is_some() {
        store::person::want(work.db(), person.id, None).await?;
        store::ticket::use_up(work.db(), person.id, Purpose::Confirm, now).await?;
    }
    Ok(())
}

/// Another password. Every other browser is signed out.
///
/// # Errors
/// [`Error::WrongPassword`]; [`Error::BadPassword`]; [`Error::TooMany`];
/// [`Error::NotFound`] for whoever has none.
pub async fn change(s: &Services, signed: &Signed, old: &str, new: &str, client: &Client) -> Result<(), Error> {
    let new = Password::parse(new)?;
    let person = store::person::by_id(s.db.reader(), signed.me.id).await?;
    let person = person.filter(|person| person.password_hash.is_some()).ok_or(Error::NotFound)?;
    address::prove_password(s, &person, old, client).await?;
    let hash = s.passwords.hash(new).await.map_err(Error::Hashing)?;
    let work = s.begin(&Actor::system(Trigger::Login)).await?;
    store::person::set_password(work.db(), person.id, &hash).await?;
    store::ticket::use_up(work.db(), person.id, Purpose::Reset, s.wall.now()).await?;
    store::session::delete_others(work.db(), person.id, Some(signed.session)).await?;
    forget_wanted(&work, &person, s.wall.now()).await?;
    if let Some(mailbox) = person.mailbox() {
        work.post(&mailbox, &Letter::PasswordChanged).await?;
    }
    work.commit().await
}
