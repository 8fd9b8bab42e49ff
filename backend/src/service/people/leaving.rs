//! Deleting oneself: asked for, thought over for seven days, done.

use chrono::TimeDelta;
use domain::Moment;
use domain::mail::Letter;
use domain::token::Trigger;

use super::{Signed, address};
use crate::service::accounts;
use crate::service::client::Client;
use crate::work::Actor;
use crate::{Error, Services, store};

/// How long one may change one's mind.
const THOUGHT_OVER: TimeDelta = TimeDelta::days(7);
/// So many that a sweep ends.
const AT_ONCE: u64 = 100;

/// Plans to delete this person and everything that nobody else looks after.
///
/// # Errors
/// [`Error::WrongPassword`] where they have one; [`Error::TooMany`].
pub async fn plan(s: &Services, signed: &Signed, password: &str, client: &Client) -> Result<Moment, Error> {
    let person = store::person::by_id(s.db.reader(), signed.me.id).await?.ok_or(Error::NotFound)?;
    if person.password_hash.is_some() {
        address::prove_password(s, &person, password, client).await?;
    }
    let at = s.wall.now() + THOUGHT_OVER;
    let work = s.begin(&Actor::me(&signed.me, Trigger::Button)).await?;
    store::person::set_leaving(work.db(), person.id, Some(at)).await?;
    if let Some(mailbox) = person.mailbox() {
        work.post(&mailbox, &Letter::Leaving { at }).await?;
    }
    work.commit().await?;
    Ok(at)
}

/// They stay.
///
/// # Errors
/// Only when the database fails.
pub async fn stay(s: &Services, signed: &Signed) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    store::person::set_leaving(&txn, signed.me.id, None).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Deletes those whose time has come.
///
/// # Errors
/// A failing database; the rest is done next time.
pub(crate) async fn let_go(s: &Services) -> Result<(), Error> {
    for due in store::person::leaving(s.db.reader(), s.wall.now(), AT_ONCE).await? {
        let mut work = s.begin(&Actor::SYSTEM).await?;
        // They may have changed their mind a moment ago.
        let now = store::person::by_id(work.db(), due.id).await?;
        let Some(person) = now.filter(|person| person.leaving_at.is_some()) else { continue };
        for account in store::account::of_member(work.db(), person.id).await? {
            accounts::leave(&mut work, person.id, account.id, account.token).await?;
        }
        if let Some(mut mailbox) = person.mailbox() {
            mailbox.person = None;
            work.post(&mailbox, &Letter::Gone).await?;
        }
        store::person::delete(work.db(), person.id).await?;
        work.commit().await?;
    }
    Ok(())
}
