//! What the worker does for a token by itself: extend, check, note an expiry.

use domain::id::TokenId;
use domain::token::agenda::{Step, next_step};
use domain::token::{Observation, status};

use crate::meta::{Seen, Whose};
use crate::service::accounts::names;
use crate::service::lock::{self, Patience};
use crate::service::tokens::{extension, sharing, string};
use crate::store::token::TokenRow;
use crate::task::Tend;
use crate::work::Actor;
use crate::{Error, Services, queue, store};

/// Takes the step that is due, if one is, and plans the next.
///
/// # Errors
/// A failing database, or a token that cannot be opened; [`Error::AtWork`]
/// when somebody else has it. Meta's refusals are no errors: they are written down.
pub(crate) async fn tend(s: &Services, id: TokenId) -> Result<(), Error> {
    let Some(seen) = store::token::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    let work = tend_alone(s.clone(), id);
    lock::on_token(s, seen.facts.platform, &seen.user_id, Patience::None, work).await
}

async fn tend_alone(s: Services, id: TokenId) -> Result<(), Error> {
    let Some(token) = store::token::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    let now = s.clock.now();
    match next_step(&token.facts, token.noted_expiry, now) {
        Some((at, step)) if at <= now => take(&s, token, step).await,
        Some((at, _)) => {
            let txn = s.db.begin_write().await?;
            queue::reschedule(&txn, &Tend { token: id }, at).await?;
            Ok(txn.commit().await.map_err(store::Error::from)?)
        }
        None => Ok(()),
    }
}

/// Uses a living token once, whenever the next check is due.
///
/// # Errors
/// As [`tend`].
pub(crate) async fn look(s: &Services, id: TokenId) -> Result<(), Error> {
    let Some(seen) = store::token::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    let work = look_alone(s.clone(), id);
    lock::on_token(s, seen.facts.platform, &seen.user_id, Patience::None, work).await
}

async fn look_alone(s: Services, id: TokenId) -> Result<(), Error> {
    match store::token::find(s.db.reader(), id).await? {
        Some(token) if status(&token.facts, s.clock.now()).is_active() => take(&s, token, Step::Check).await,
        _ => Ok(()),
    }
}

async fn take(s: &Services, token: TokenRow, step: Step) -> Result<(), Error> {
    let (observation, seen) = match step {
        Step::Extend => return extension::ask_and_save(s, token, &Actor::SYSTEM).await.map(|_| ()),
        Step::Check => check(s, &token).await?,
        Step::NoteExpiry => (Observation::ClockPassedEnd, Vec::new()),
    };
    string::observed(s, &token, &observation, &Actor::SYSTEM).await?;
    sharing::told(s, &token, &seen, &Actor::SYSTEM).await?;
    names::told(s, &token, &seen, &Actor::SYSTEM).await
}

async fn check(s: &Services, token: &TokenRow) -> Result<(Observation, Vec<Seen>), Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    let answer = match s.meta.of(token.facts.platform) {
        Ok(provider) => provider.check(&secret, &whose(s, token).await?).await,
        Err(not_configured) => Err(not_configured),
    };
    Ok(match answer {
        Ok(seen) => (Observation::Worked, seen),
        Err(error) => (Observation::CheckRefused(error.refusal(s.clock.now())), Vec::new()),
    })
}

async fn whose(s: &Services, token: &TokenRow) -> Result<Whose, Error> {
    let mut accounts = store::account::of_token(s.db.reader(), token.id).await?;
    accounts.extend(store::spare::accounts_of(s.db.reader(), token.id).await?);
    let accounts = accounts.into_iter().map(|account| account.instagram_id).collect();
    Ok(Whose { user_id: token.user_id.clone(), accounts })
}
