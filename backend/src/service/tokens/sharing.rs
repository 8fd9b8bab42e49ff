//! Whether the accounts of a token are still shared with it.

use domain::token::{Event as Told, EventKind, Sight, Support, sighted};

use crate::event::{Event, Kind};
use crate::meta::Seen;
use crate::service::tokens::string;
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::work::Actor;
use crate::{Error, Services, store};

/// Writes what a check showed of each account.
///
/// # Errors
/// A failing database; [`Error::NotFound`] when the token is gone.
pub(in crate::service) async fn told(
    s: &Services,
    token: &TokenRow,
    seen: &[Seen],
    actor: &Actor,
) -> Result<(), Error> {
    for account in store::account::of_token(s.db.reader(), token.id).await? {
        if let Some(seen) = seen.iter().find(|seen| seen.instagram_id == account.instagram_id) {
            note(s, token, &account, seen.sight.clone(), actor).await?;
        }
    }
    Ok(())
}

/// Writes what an answer showed of an account. Whether it is surely not shared.
///
/// # Errors
/// As [`told`].
pub(in crate::service) async fn note(
    s: &Services,
    token: &TokenRow,
    account: &Account,
    sight: Sight,
    actor: &Actor,
) -> Result<bool, Error> {
    if account.unshared.is_none() && sight == Sight::Shown {
        return Ok(false);
    }
    let (mut work, found) = string::begin(s, token, actor).await?;
    let accounts = store::account::of_token(work.db(), token.id).await?;
    // With another string, or by another token, it may be shared.
    let Some(account) = accounts.into_iter().find(|now| now.id == account.id && found.is_some()) else {
        return Ok(false);
    };
    let (unshared, told) = sighted(account.unshared.as_ref(), sight, work.now());
    let surely = unshared.as_ref().is_some_and(|unshared| unshared.confirmed);
    store::account::save_unshared(work.db(), account.id, unshared.as_ref()).await?;
    let account = Account { unshared, ..account };
    if let Some(shared) = told {
        let kind = EventKind::Sharing { username: account.username.clone(), shared };
        let said = account.unshared.as_ref().and_then(|unshared| unshared.said.clone());
        let told = Told { at: work.now(), kind, said };
        work.write_history(token, &[told]).await?;
        if shared {
            work.tell(Event::of_account(Kind::Shared, account.id));
        } else {
            work.fall_back(&account, Support::ForNow).await?;
        }
    }
    work.commit().await?;
    Ok(surely)
}
