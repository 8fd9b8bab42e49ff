//! The address that somebody logs in with: shown to be theirs, and changed.

use domain::language::Language;
use domain::mail::{Letter, LinkProblem, Purpose};
use domain::person::{Email, Password};
use domain::token::Trigger;
use secrecy::SecretString;

use super::{Signed, ask_to_confirm, credentials, tickets};
use crate::service::client::Client;
use crate::service::limits::{self, Try};
use crate::store::person::Person;
use crate::work::{Actor, Work};
use crate::{Error, Services, store};

/// The address that a link from a mail would confirm.
///
/// # Errors
/// [`Error::Link`].
pub async fn behind(s: &Services, link: &SecretString) -> Result<String, Error> {
    Ok(tickets::open(s, s.db.reader(), Purpose::Confirm, link).await?.address)
}

/// The address is whose it says. From now on mails go there.
///
/// # Errors
/// [`Error::Link`].
pub async fn confirm(s: &Services, link: &SecretString) -> Result<(), Error> {
    let work = s.begin(&Actor::system(Trigger::Login)).await?;
    let ticket = tickets::open(s, work.db(), Purpose::Confirm, link).await?;
    let person = store::person::by_id(work.db(), ticket.person).await?.ok_or(Error::Link(LinkProblem::Unknown))?;
    prove(s, &work, &person, &ticket.address).await?;
    work.commit().await
}

/// Somebody has opened a mail to this address: it is theirs, and nobody else's.
pub(super) async fn prove(s: &Services, work: &Work, person: &Person, address: &str) -> Result<(), Error> {
    let now = s.wall.now();
    let meant = [&person.email, &person.wanted_email].into_iter().flatten().any(|mine| mine == address);
    if !meant {
        return Err(Error::Link(LinkProblem::Used));
    }
    let email = Email::parse(address).map_err(|_| Error::Link(LinkProblem::Unknown))?;
    if let Some(holder) = store::person::by_email(work.db(), &email).await?.filter(|holder| holder.id != person.id) {
        if holder.email_is_confirmed {
            return Err(Error::Link(LinkProblem::Taken));
        }
        store::person::displace(work.db(), &holder).await?;
    }
    store::person::confirm(work.db(), person, email.as_str(), now).await?;
    store::ticket::use_up(work.db(), person.id, Purpose::Confirm, now).await?;
    if let Some(before) = person.mailbox().filter(|before| before.address != address) {
        let letter = Letter::AddressChanged { to: email.as_str().to_owned() };
        work.post(&before, &letter).await?;
        work.post(&person.at(email.as_str().to_owned(), Language::default()), &letter).await?;
    }
    Ok(())
}

/// Sends the link to confirm the address again.
///
/// # Errors
/// [`Error::TooMany`]; [`Error::NotFound`] when no address waits for it.
pub async fn ask_again(s: &Services, signed: &Signed, browser: Language) -> Result<(), Error> {
    let person = store::person::by_id(s.db.reader(), signed.me.id).await?.ok_or(Error::NotFound)?;
    let waits = person.wanted_email.as_deref().or(person.email.as_deref().filter(|_| !person.email_is_confirmed));
    let email = Email::parse(waits.ok_or(Error::NotFound)?)?;
    limits::of_person(s, limits::ASK, signed.me.id).await?;
    write(s, &person, &email, None, browser).await
}

/// Asks for another address, or for a first one: it is theirs as soon as they
/// have opened the mail that goes there.
///
/// # Errors
/// [`Error::BadEmail`]; [`Error::WrongPassword`]; [`Error::BadPassword`] where it
/// is their first password; [`Error::TooMany`].
pub async fn change(s: &Services, signed: &Signed, email: &str, password: &str, client: &Client) -> Result<(), Error> {
    let email = Email::parse(email)?;
    let person = store::person::by_id(s.db.reader(), signed.me.id).await?.ok_or(Error::NotFound)?;
    let first_password = match person.password_hash {
        Some(_) => {
            prove_password(s, &person, password, client).await?;
            None
        }
        None => Some(s.passwords.hash(Password::parse(password)?).await.map_err(Error::Hashing)?),
    };
    limits::of_person(s, limits::ASK, signed.me.id).await?;
    if person.email.as_deref() == Some(email.as_str()) {
        // Back to the address they have.
        let txn = s.db.begin_write().await?;
        store::person::want(&txn, person.id, None).await?;
        return Ok(txn.commit().await.map_err(store::Error::from)?);
    }
    write(s, &person, &email, first_password.as_deref(), client.language).await
}

/// The password of somebody who is signed in, before something that only they may do.
pub(super) async fn prove_password(
    s: &Services,
    person: &Person,
    password: &str,
    client: &Client,
) -> Result<(), Error> {
    let this_try = Try::begin(s, &person.id.to_string(), &client.network).await?;
    if !credentials::is_of(s, person, password).await? {
        return Err(Error::WrongPassword);
    }
    this_try.succeeded(s).await
}

async fn write(
    s: &Services,
    person: &Person,
    email: &Email,
    first_password: Option<&str>,
    browser: Language,
) -> Result<(), Error> {
    let may_write = limits::may_write_to(s, email).await?;
    let work = s.begin(&Actor::system(Trigger::Login)).await?;
    if let Some(hash) = first_password {
        store::person::set_password(work.db(), person.id, hash).await?;
    }
    if person.email.as_deref() != Some(email.as_str()) {
        store::person::want(work.db(), person.id, Some(email)).await?;
    }
    if may_write {
        let person = store::person::by_id(work.db(), person.id).await?.ok_or(Error::NotFound)?;
        let holder = store::person::by_email(work.db(), email).await?;
        ask_to_confirm(s, &work, &person, email, holder.as_ref(), browser).await?;
    }
    work.commit().await
}
