//! The string of a token, and what Meta says of it.
//!
//! Meta is asked outside of any transaction, and speaks of the string it was
//! asked with. By the time its answer is written down, another string may
//! stand there: of that one the answer says nothing, and it is not overwritten.

use std::time::Duration;

use domain::token::Observation;
use secrecy::{ExposeSecret, SecretString};

use crate::seal::same;
use crate::store::token::TokenRow;
use crate::work::{Actor, Work};
use crate::{Error, Services, random, store};

/// The first pause before a transaction is tried again; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// In all nearly a minute, besides the time the database itself takes to give up.
const TRIES: u32 = 8;

/// Puts a new string in the place of the one that Meta has exchanged for it,
/// at once and by itself, so that nothing that happens later can lose it.
/// `None` when the place was taken by another one in the meantime.
///
/// # Errors
/// [`Error::NotFound`] when the token is gone; a database that fails for long.
pub(in crate::service) async fn keep(
    s: &Services,
    seen: &TokenRow,
    new: &SecretString,
) -> Result<Option<TokenRow>, Error> {
    insistently(|| keep_once(s, seen, new)).await
}

async fn keep_once(s: &Services, seen: &TokenRow, new: &SecretString) -> Result<Option<TokenRow>, Error> {
    let (work, found) = begin(s, seen, &Actor::SYSTEM).await?;
    let Some(mut token) = found else { return Ok(None) };
    if !same(s.keys.open(&token.sealed, token.id)?.expose_secret(), new.expose_secret()) {
        token.sealed = s.keys.seal(new, token.id)?;
        store::token::update(work.db(), &token, work.now()).await?;
        work.commit().await?;
    }
    Ok(Some(token))
}

/// Writes what Meta said of a string. Returns the token as it is then, or
/// `None` when the string was replaced in the meantime and nothing was written.
///
/// # Errors
/// [`Error::NotFound`] when the token is gone; a database that fails for long.
pub(in crate::service) async fn observed(
    s: &Services,
    seen: &TokenRow,
    observation: &Observation,
    actor: &Actor,
) -> Result<Option<TokenRow>, Error> {
    insistently(|| observed_once(s, seen, observation, actor)).await
}

async fn observed_once(
    s: &Services,
    seen: &TokenRow,
    observation: &Observation,
    actor: &Actor,
) -> Result<Option<TokenRow>, Error> {
    let (mut work, found) = begin(s, seen, actor).await?;
    let Some(mut token) = found else { return Ok(None) };
    work.observe(&mut token, observation.clone()).await?;
    work.commit().await?;
    Ok(Some(token))
}

/// Begins a unit of work, and finds the token as it is now, if it still has the
/// string that was seen. Nobody else changes it until the work ends.
///
/// # Errors
/// [`Error::NotFound`] when the token is gone.
pub(in crate::service) async fn begin(
    s: &Services,
    seen: &TokenRow,
    actor: &Actor,
) -> Result<(Work, Option<TokenRow>), Error> {
    let work = s.begin(actor).await?;
    let token = store::token::find_to_change(work.db(), seen.id).await?.ok_or(Error::NotFound)?;
    // Another key may have sealed the same string since.
    let same_string = token.sealed == seen.sealed
        || same(
            s.keys.open(&token.sealed, token.id)?.expose_secret(),
            s.keys.open(&seen.sealed, seen.id)?.expose_secret(),
        );
    if !same_string {
        tracing::info!(token = %seen.id, "a token got another string while Meta was asked with the old one");
    }
    Ok((work, same_string.then_some(token)))
}

/// Runs a transaction that may not be lost because the database is busy or
/// away: it is tried again, for about a minute.
///
/// # Errors
/// The last try's; anything but a busy or absent database at once.
pub(in crate::service) async fn insistently<T, F>(mut transaction: impl FnMut() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match transaction().await {
            Err(Error::Store(error @ (store::Error::Busy(_) | store::Error::Unavailable(_)))) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "what was done outside is not written yet; trying again"
                );
                tokio::time::sleep(pause.mul_f64(random::jitter())).await;
                pause *= 2;
            }
            other => return other,
        }
    }
    transaction().await
}
