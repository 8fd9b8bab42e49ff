//! The accounts a person looks after.

use std::collections::BTreeSet;

use domain::id::{AccountId, PersonId, TokenId};
use domain::view::{AccountView, Breaks, Me, TokenSummary};
use sea_orm::DatabaseTransaction;

use super::views::thirty_days;
use super::{Error, view, widgets};
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::store::view_day::OfAccount;
use crate::{Services, store};

/// As many entries of a history as a list looks at.
const LISTED: u64 = 20;

/// Every account of this person, by name. The number of statements does not
/// grow with that of the accounts.
///
/// # Errors
/// Only when the database fails.
pub async fn list(s: &Services, me: &Me) -> Result<Vec<AccountView>, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
    let accounts = store::account::list_of_member(db, me.id).await?;
    let tokens: BTreeSet<_> = accounts.iter().map(|(_, token)| token.id).collect();
    let histories = store::history::newest_of(db, tokens, LISTED).await?;
    let widgets = store::widget::counts_of_member(db, me.id).await?;
    let seen = store::view_day::by_account(db, me.id, thirty_days(now)).await?;
    let view = |(account, token): (Account, TokenRow)| {
        let history = histories.get(&token.id).map(Vec::as_slice).unwrap_or_default();
        let token = view::summary(&token, account.unshared.as_ref(), history, now);
        AccountView {
            token: TokenSummary { life_line: token.life_line.folded(), ..token },
            breaks: breaks(widgets.get(&account.id), seen.get(&account.id)),
            id: account.id,
            username: account.username,
            name: account.name,
        }
    };
    Ok(accounts.into_iter().map(view).collect())
}

/// What breaks if the token of an account dies.
fn breaks(widgets: Option<&u64>, seen: Option<&OfAccount>) -> Breaks {
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Breaks {
        widgets: count(widgets.copied().unwrap_or_default()),
        sites: count(seen.map_or(0, |seen| seen.sites.unsigned_abs())),
        views_per_day: seen.map_or(0, |seen| seen.views.unsigned_abs().div_ceil(30)),
    }
}

/// Takes an account off this person's list. When nobody is left, the account
/// and its token are deleted.
///
/// # Errors
/// [`Error::NotFound`] for an account of somebody else.
pub async fn disconnect(s: &Services, me: &Me, account: AccountId) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    let Some((account, token)) = store::account::of_member(&txn, me.id, account).await? else {
        return Err(Error::NotFound);
    };
    leave(s, &txn, me.id, &account, token.id).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Takes an account off a person's list, and with its last member the account,
/// and with its last account the token.
pub(super) async fn leave(
    s: &Services,
    txn: &DatabaseTransaction,
    person: PersonId,
    account: &Account,
    token: TokenId,
) -> Result<(), Error> {
    // Two that leave at once would each see the other one still there.
    store::token::find_to_change(txn, token).await?;
    store::membership::remove(txn, person, account.id).await?;
    if store::membership::members_of(txn, account.id).await?.is_empty() {
        widgets_go_dark(s, txn, account.id).await?;
        store::account::delete(txn, account.id).await?;
        if store::account::of_token(txn, token).await?.is_empty() {
            store::token::delete(txn, token).await?;
        }
    }
    Ok(())
}

/// Tells that the widgets of an account are about to be deleted with it.
pub(super) async fn widgets_go_dark(s: &Services, txn: &DatabaseTransaction, account: AccountId) -> Result<(), Error> {
    let changes = widgets::shown_of(txn, account).await?;
    // Told by `Pulse::follow`: the caller commits.
    let _written = s.pulse.write(txn, changes, s.wall.now()).await?;
    Ok(())
}
