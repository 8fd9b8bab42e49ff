//! What the worker does for a token by itself: extend, check, note an expiry.

use domain::Moment;
use domain::id::TokenId;
use domain::token::agenda::{Step, next_step};
use domain::token::{Observation, Trigger};

use super::record::{self, Cause};
use super::{Error, extension, lock};
use crate::Services;
use crate::store;
use crate::store::token::TokenRow;

const BY_ITSELF: Cause<'static> = Cause { trigger: Trigger::Schedule, by: None };

/// Takes the step that is due, if one is. Returns when the next one is due;
/// `None` when only a person can help or the token is gone.
///
/// # Errors
/// A failing database, or a token that cannot be opened. Meta's refusals are
/// no errors: they are written down.
pub(crate) async fn tend(s: &Services, id: TokenId) -> Result<Option<Moment>, Error> {
    let Some(seen) = store::token::find(s.db.reader(), id).await? else {
        return Ok(None);
    };
    let work = async {
        let Some(token) = store::token::find(s.db.reader(), id).await? else {
            return Ok(());
        };
        let now = s.clock.now();
        match next_step(&token.facts, token.noted_expiry, now) {
            Some((at, step)) if at <= now => take(s, token, step).await,
            _ => Ok(()),
        }
    };
    lock::on_token(s, seen.facts.platform, &seen.user_id, work).await?;
    let token = store::token::find(s.db.reader(), id).await?;
    Ok(token.and_then(|token| next_step(&token.facts, token.noted_expiry, s.clock.now())).map(|(at, _)| at))
}

async fn take(s: &Services, token: TokenRow, step: Step) -> Result<(), Error> {
    match step {
        Step::Extend => extension::ask_and_save(s, token, BY_ITSELF).await.map(|_| ()),
        Step::Check => check(s, token).await,
        Step::NoteExpiry => write(s, token, Observation::ClockPassedEnd).await,
    }
}

async fn check(s: &Services, token: TokenRow) -> Result<(), Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    let answer = s.meta.of(token.facts.platform)?.check(&secret).await;
    let seen = match answer {
        Ok(()) => Observation::Worked,
        Err(error) => {
            let not_before = error.retry_after.map(|pause| s.clock.now() + pause);
            Observation::CheckRefused { verdict: error.verdict, said: error.said, not_before }
        }
    };
    write(s, token, seen).await
}

async fn write(s: &Services, mut token: TokenRow, seen: Observation) -> Result<(), Error> {
    let now = s.clock.now();
    let txn = s.db.begin_write().await?;
    record::observation(&txn, &mut token, seen, BY_ITSELF, now).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}
