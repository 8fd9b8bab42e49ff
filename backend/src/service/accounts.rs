//! The accounts a person looks after.

use std::collections::BTreeSet;

use domain::id::{AccountId, PersonId, TokenId};
use domain::member::{Right, Role};
use domain::token::Trigger;
use domain::view::{AccountView, Breaks, Me, TokenSummary};

use super::view;
use super::views::thirty_days;
use crate::event::{Event, Kind};
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::store::view_day::OfAccount;
use crate::work::{Actor, Work};
use crate::{Error, Services, store};

/// As many entries of a history as a list looks at.
const LISTED: u64 = 20;

/// Every account of this person, by name. The number of statements does not
/// grow with that of the accounts.
///
/// # Errors
/// Only when the database fails.
pub async fn list(s: &Services, me: &Me) -> Result<Vec<AccountView>, Error> {
    let accounts = store::account::list_of_member(s.db.reader(), me.id).await?;
    views(s, me, accounts).await
}

/// The accounts that this person looks after for somebody else, by name.
///
/// # Errors
/// Only when the database fails.
pub async fn of_others(s: &Services, me: &Me) -> Result<Vec<AccountView>, Error> {
    let roles = store::membership::roles(s.db.reader(), me.id).await?;
    let mut accounts = store::account::list_of_member(s.db.reader(), me.id).await?;
    accounts.retain(|(account, _)| roles.get(&account.id) == Some(&Role::Developer));
    views(s, me, accounts).await
}

async fn views(s: &Services, me: &Me, accounts: Vec<(Account, TokenRow)>) -> Result<Vec<AccountView>, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
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
    let mut work = s.begin(&Actor::me(me, Trigger::Button)).await?;
    let account = work.account(account, Right::Leave).await?.into_inner().account;
    leave(&mut work, me.id, account.id, account.token).await?;
    work.commit().await
}

/// Takes an account off a person's list, and with its last member the account,
/// and with its last account the token.
pub(super) async fn leave(work: &mut Work, person: PersonId, account: AccountId, token: TokenId) -> Result<(), Error> {
    // Two that leave at once would each see the other one still there.
    store::token::find_to_change(work.db(), token).await?;
    store::membership::remove(work.db(), person, account).await?;
    if store::membership::members_of(work.db(), account).await?.is_empty() {
        delete(work, account).await?;
        if store::account::of_token(work.db(), token).await?.is_empty() {
            store::token::delete(work.db(), token).await?;
        }
    }
    Ok(())
}

/// Deletes an account with its widgets; its token stays.
pub(super) async fn delete(work: &mut Work, account: AccountId) -> Result<(), Error> {
    store::account::delete(work.db(), account).await?;
    work.tell(Event::of_account(Kind::Deleted, account));
    Ok(())
}

/// Whether this person looks after an account.
///
/// # Errors
/// Only when the database fails.
pub async fn is_mine(s: &Services, me: &Me, account: AccountId) -> Result<bool, Error> {
    Ok(store::membership::role(s.db.reader(), me.id, account).await?.is_some())
}
