//! The outbox: sending what waits in it, and throwing away what had its time.

use chrono::{Offset, TimeDelta};
use chrono_tz::Tz;
use domain::id::MailId;
use domain::mail::pause_after;

use crate::mail::{Draft, MailError};
use crate::queue::Job as _;
use crate::service::tokens::string;
use crate::store::mail::Waiting;
use crate::task::Send;
use crate::{Error, Services, queue, store};

/// How long a mail can be looked at, for support.
const KEEP: TimeDelta = TimeDelta::days(30);
const SWEPT_AT_ONCE: u64 = 1000;

/// Sends a mail, or plans the next try. One that was sent, or given up, is left alone.
///
/// # Errors
/// A failing database; [`Error::AtWork`] while the mail server is slow with others.
pub(crate) async fn send(s: &Services, id: MailId) -> Result<(), Error> {
    let Some(mail) = store::mail::waiting(s.db.reader(), id).await? else { return Ok(()) };
    let link = mail.letter.ticket().map(|(purpose, ticket)| s.keys.sign(purpose, ticket));
    let ahead = ahead(s, &mail).await?;
    let language = mail.to.language;
    let written = (s.writer)(&Draft { letter: &mail.letter, link, language, ahead, origin: &s.origin });
    let slot = s.mailer.slot().await.ok_or(Error::AtWork)?;
    let result = s.mailer.send(id, &mail.to.address, &written).await;
    drop(slot);
    // A mail that was taken and not noted would be sent twice.
    string::insistently(|| note(s, id, mail.tries + 1, result.as_ref())).await
}

/// Writes down what became of a try, and plans the next one.
async fn note(s: &Services, id: MailId, tries: u32, result: Result<&(), &MailError>) -> Result<(), Error> {
    let wall = s.wall.now();
    let txn = s.db.begin_write().await?;
    match result {
        Ok(()) => store::mail::sent(&txn, id, wall).await?,
        Err(error) => {
            let pause = pause_after(tries).filter(|_| !matches!(error, MailError::Final(_)));
            tracing::warn!(mail = %id, tries, given_up = pause.is_none(), "a mail was not taken: {error}");
            let given_up_at = pause.is_none().then_some(wall);
            store::mail::failed(&txn, id, tries, &error.to_string(), given_up_at).await?;
            if let Some(pause) = pause {
                queue::reschedule(&txn, &Send { mail: id }, s.clock.now() + pause).await?;
            }
        }
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// How far the clock of whoever gets a mail is ahead of UTC, at the moment that it speaks of.
async fn ahead(s: &Services, mail: &Waiting) -> Result<TimeDelta, Error> {
    let (Some(at), Some(person)) = (mail.letter.moment(), mail.to.person) else { return Ok(TimeDelta::zero()) };
    let person = store::person::by_id(s.db.reader(), person).await?;
    let zone = person.and_then(|person| person.profile.time_zone?.parse::<Tz>().ok());
    Ok(zone.map_or_else(TimeDelta::zero, |zone| {
        TimeDelta::seconds(at.with_timezone(&zone).offset().fix().local_minus_utc().into())
    }))
}

/// Gives every mail that waits its job back, and deletes mails and links that had their time.
///
/// # Errors
/// A failing database.
pub(crate) async fn sweep(s: &Services) -> Result<(), Error> {
    for mail in store::mail::without_job(s.db.reader(), Send::KIND, SWEPT_AT_ONCE).await? {
        tracing::warn!(%mail, "a mail had lost its job; it has one again");
        let txn = s.db.begin_write().await?;
        queue::enqueue(&txn, &Send { mail }, s.clock.now()).await?;
        txn.commit().await.map_err(store::Error::from)?;
    }
    let before = s.wall.now() - KEEP;
    store::mail::delete_old(&s.db, before).await?;
    store::ticket::delete_old(&s.db, before).await?;
    s.mailer.forget_old(KEEP).await;
    Ok(())
}
