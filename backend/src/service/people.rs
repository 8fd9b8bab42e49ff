//! People: signing up, logging in and out, and what each can do about themselves.

pub mod address;
pub mod leaving;
pub mod logins;
pub mod password;
pub mod settings;
pub mod staff;

mod credentials;
mod sessions;
mod tickets;

use domain::id::PersonId;
use domain::language::Language;
use domain::mail::{Letter, Purpose};
use domain::person::{Email, Password};
use domain::token::Trigger;

use crate::service::client::Client;
use crate::service::limits::{self, Try};
use crate::store::person::Person;
use crate::work::{Actor, Work};
use crate::{Error, Services, random, store};

pub use sessions::{
    CookiePolicy, IDLE, NewSession, Signed, current, goes_on, log_out, revoke, revoke_others, sessions,
};

pub(crate) use sessions::{begin_session, forget_old_sessions};

/// Creates a person with e-mail and password, and signs them in. Whoever has
/// signed up so before is logged in. Whether somebody else has the address is
/// told by mail, to that address, and here by nothing: neither by words nor by time.
///
/// # Errors
/// [`Error::BadEmail`], [`Error::BadPassword`], [`Error::TooMany`].
pub async fn sign_up(s: &Services, email: &str, password: &str, client: &Client) -> Result<NewSession, Error> {
    let email = Email::parse(email)?;
    let chosen = Password::parse(password)?;
    limits::sign_up(s, &client.network).await?;
    let this_try = Try::begin(s, email.as_str(), &client.network).await?;
    let known = credentials::find(s, &email, password).await?;
    let hash = s.passwords.hash(chosen).await.map_err(Error::Hashing)?;
    if let Some(person) = known {
        this_try.succeeded(s).await?;
        return log_in_as(s, person.id, client).await;
    }
    limits::sign_up_as(s, &email, &client.network).await?;
    let may_write = limits::may_write_to(s, &email).await?;
    // Of two that sign up at once with one address, the second finds it held.
    match sign_up_once(s, &email, &hash, may_write, client).await {
        Err(Error::Store(store::Error::Duplicate)) => sign_up_once(s, &email, &hash, may_write, client).await,
        done => done,
    }
}

async fn sign_up_once(
    s: &Services,
    email: &Email,
    hash: &str,
    may_write: bool,
    client: &Client,
) -> Result<NewSession, Error> {
    let id = PersonId(random::new_id());
    let work = s.begin(&Actor::system(Trigger::Login)).await?;
    let holder = store::person::by_email(work.db(), email).await?;
    let now = s.wall.now();
    let holds = (email, holder.is_none());
    store::person::sign_up(work.db(), id, holds, hash, client.language, now).await?;
    if may_write {
        let person = store::person::by_id(work.db(), id).await?.ok_or(Error::NotFound)?;
        ask_to_confirm(s, &work, &person, email, holder.as_ref(), client.language).await?;
    }
    let session = begin_session(work.db(), id, client, now).await?;
    work.commit().await?;
    Ok(session)
}

/// Writes to an address: to whoever it is known to belong to, that they are here
/// already; otherwise the link that shows that it is this person's.
async fn ask_to_confirm(
    s: &Services,
    work: &Work,
    person: &Person,
    email: &Email,
    holder: Option<&Person>,
    browser: Language,
) -> Result<(), Error> {
    let address = email.as_str().to_owned();
    match holder.filter(|holder| holder.id != person.id).and_then(Person::mailbox) {
        Some(mailbox) => work.post(&mailbox, &Letter::HereAlready).await,
        None => {
            let ticket = tickets::issue(s, work.db(), person.id, Purpose::Confirm, &address).await?;
            work.post(&person.at(address, browser), &Letter::Confirm { ticket }).await
        }
    }
}

/// Signs in with e-mail and password.
///
/// # Errors
/// [`Error::WrongCredentials`], whichever of the two is wrong; [`Error::TooMany`].
pub async fn log_in(s: &Services, email: &str, password: &str, client: &Client) -> Result<NewSession, Error> {
    let email = Email::parse(email).map_err(|error| match error {
        domain::person::EmailError::Empty => Error::BadEmail(error),
        _ => Error::WrongCredentials,
    })?;
    let this_try = Try::begin(s, email.as_str(), &client.network).await?;
    let person = credentials::find(s, &email, password).await?.ok_or(Error::WrongCredentials)?;
    this_try.succeeded(s).await?;
    log_in_as(s, person.id, client).await
}

async fn log_in_as(s: &Services, person: PersonId, client: &Client) -> Result<NewSession, Error> {
    let txn = s.db.begin_write().await?;
    let session = begin_session(&txn, person, client, s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(session)
}
