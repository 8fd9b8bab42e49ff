//! The accounts a person looks after.

use std::collections::BTreeSet;

use domain::id::AccountId;
use domain::view::{AccountView, Breaks, Me};

use super::views::thirty_days;
use super::{Error, view};
use crate::pulse::Change;
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
        AccountView {
            token: view::summary(&token, history, now),
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
    store::membership::remove(&txn, me.id, account.id).await?;
    if store::membership::members_of(&txn, account.id).await?.is_empty() {
        widgets_go_dark(s, &txn, account.id).await?;
        store::account::delete(&txn, account.id).await?;
        if store::account::of_token(&txn, token.id).await?.is_empty() {
            store::token::delete(&txn, token.id).await?;
        }
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Tells that the widgets of an account are about to be deleted with it.
pub(super) async fn widgets_go_dark(
    s: &Services,
    txn: &sea_orm::DatabaseTransaction,
    account: AccountId,
) -> Result<(), Error> {
    let widgets = store::widget::of_account(txn, account).await?;
    let changes = widgets.into_iter().map(|widget| Change::Shown(widget.id)).collect();
    // Told by `Pulse::follow`: the caller commits.
    let _written = s.pulse.write(txn, changes, s.wall.now()).await?;
    Ok(())
}
