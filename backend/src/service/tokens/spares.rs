//! The tokens that lead to an account, of which it lives by one. Whoever connects
//! an account that somebody else connected before takes nothing away from them.

use domain::id::{AccountId, TokenId};
use domain::token::plan::next_extension;
use domain::token::{Cause, Status, moves, status, support};
use domain::view::Spare;

use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::work::Work;
use crate::{Error, Services, store};

/// Whether an account lives from now on by the token that somebody has brought.
pub(in crate::service) async fn takes_over(work: &Work, account: &Account, brought: &TokenRow) -> Result<bool, Error> {
    if account.token == brought.id {
        return Ok(true);
    }
    let Some(first) = store::token::find(work.db(), account.token).await? else { return Ok(true) };
    let by_first = support(&first.facts, account.unshared.as_ref(), work.now());
    Ok(moves(by_first, support(&brought.facts, None, work.now())))
}

/// The account has moved from the token it lived by. What may serve it again is
/// kept; a token that serves nobody is deleted, and what happened to it stays
/// part of the account's story.
pub(in crate::service) async fn moved(work: &Work, before: &Account, heir: TokenId) -> Result<(), Error> {
    let (db, left) = (work.db(), before.token);
    if left == heir {
        return Ok(());
    }
    store::spare::take(db, before.id, heir).await?;
    let Some(token) = store::token::find(db, left).await? else { return Ok(()) };
    let dead = matches!(status(&token.facts, work.now()), Status::NotActive(Cause::Dead { .. }));
    if !dead && !before.apart() {
        store::spare::keep(db, before.id, left, work.now()).await?;
    } else if store::spare::leads_nowhere(db, left).await? {
        store::history::move_to(db, left, heir).await?;
        store::token::delete(db, left).await?;
    }
    Ok(())
}

/// Deletes those of these tokens that lead nowhere.
pub(in crate::service) async fn drop_unneeded(
    work: &Work,
    tokens: impl IntoIterator<Item = TokenId>,
) -> Result<(), Error> {
    for token in tokens {
        if store::spare::leads_nowhere(work.db(), token).await? {
            store::token::delete(work.db(), token).await?;
        }
    }
    Ok(())
}

/// The spares of an account, for its page.
pub(in crate::service) async fn views(s: &Services, account: AccountId) -> Result<Vec<Spare>, Error> {
    let now = s.clock.now();
    let spares = store::spare::of_account(s.db.reader(), account).await?;
    let view = |TokenRow { facts, .. }: &TokenRow| Spare {
        platform: facts.platform,
        active: status(facts, now).is_active(),
        next_extension: next_extension(facts, now),
    };
    Ok(spares.iter().map(view).collect())
}
