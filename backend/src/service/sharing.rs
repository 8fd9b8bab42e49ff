//! Whether the accounts of a token are still shared with it.

use domain::token::{Event, EventKind, Sight, sighted};

use super::record::Cause;
use super::{Error, rebuild, string};
use crate::meta::Seen;
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::{Services, store};

/// Writes what a check showed of each account.
///
/// # Errors
/// A failing database; [`Error::NotFound`] when the token is gone.
pub(super) async fn told(s: &Services, token: &TokenRow, seen: &[Seen], cause: &Cause) -> Result<(), Error> {
    for account in store::account::of_token(s.db.reader(), token.id).await? {
        if let Some(seen) = seen.iter().find(|seen| seen.instagram_id == account.instagram_id) {
            note(s, token, &account, seen.sight.clone(), cause).await?;
        }
    }
    Ok(())
}

/// Writes what an answer showed of an account. Whether it is surely not shared.
///
/// # Errors
/// As [`told`].
pub(super) async fn note(
    s: &Services,
    token: &TokenRow,
    account: &Account,
    sight: Sight,
    cause: &Cause,
) -> Result<bool, Error> {
    if account.unshared.is_none() && sight == Sight::Shown {
        return Ok(false);
    }
    let (txn, found) = string::begin(s, token).await?;
    let accounts = store::account::of_token(&txn, token.id).await?;
    // With another string, or by another token, it may be shared.
    let Some(account) = accounts.into_iter().find(|now| now.id == account.id && found.is_some()) else {
        return Ok(false);
    };
    let now = s.clock.now();
    let (unshared, told) = sighted(account.unshared.as_ref(), sight, now);
    let surely = unshared.as_ref().is_some_and(|unshared| unshared.confirmed);
    store::account::save_unshared(&txn, account.id, unshared.as_ref()).await?;
    let mut changes = Vec::new();
    if let Some(shared) = told {
        let kind = EventKind::Sharing { username: account.username, shared };
        let event = Event { at: now, kind, said: unshared.and_then(|unshared| unshared.said) };
        store::history::append(&txn, token.id, &[event], cause.trigger, cause.by.as_deref(), now).await?;
        if shared {
            changes = rebuild::queue_account(s, &txn, account.id).await?;
        }
    }
    let written = s.pulse.write(&txn, changes, s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    s.wake.all();
    Ok(surely)
}
