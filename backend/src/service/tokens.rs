//! The tokens of a person's accounts, and their repair.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{AccountId, TokenId};
use domain::member::{Right, Role};
use domain::token::plan::earliest_extension;
use domain::token::{Cause, Remedy, Status, Trigger, account_remedy, account_status};
use domain::view::{Me, TokenView};

use super::{extension, limits, view};
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::work::{self, Actor, Living};
use crate::{Error, Services, store};

pub use super::extension::Refreshed;

/// Every token that accounts of this person's own live by, those first that need
/// somebody. Accounts that are not shared with theirs any more stand apart.
///
/// # Errors
/// Only when the database fails.
pub async fn mine(s: &Services, me: &Me) -> Result<Vec<TokenView>, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
    let roles = store::membership::roles(db, me.id).await?;
    let mut tokens: BTreeMap<(TokenId, bool), (TokenRow, Vec<Account>)> = BTreeMap::new();
    for (account, token) in store::account::list_of_member(db, me.id).await? {
        if roles.get(&account.id) != Some(&Role::Owner) {
            continue;
        }
        let status = account_status(&token.facts, account.unshared.as_ref(), now);
        let apart = matches!(status, Status::NotActive(Cause::NotShared { .. }));
        tokens.entry((token.id, apart)).or_insert_with(|| (token, Vec::new())).1.push(account);
    }
    let ids: BTreeSet<TokenId> = tokens.keys().map(|(id, _)| *id).collect();
    let histories = store::history::newest_of(db, ids, view::ENTRIES).await?;
    let view = |(token, accounts): (TokenRow, Vec<Account>)| {
        let unshared = accounts.first().and_then(|account| account.unshared.as_ref());
        let history = histories.get(&token.id).cloned().unwrap_or_default();
        view::token(&token, unshared, &accounts, history, now)
    };
    let mut views: Vec<TokenView> = tokens.into_values().map(view).collect();
    views.sort_by_key(|view| !view.summary.needs_somebody());
    Ok(views)
}

/// The token an account of this person lives by.
///
/// # Errors
/// [`Error::NotFound`] for an account of somebody else.
pub async fn of_account(s: &Services, me: &Me, account: AccountId) -> Result<TokenView, Error> {
    let db = s.db.reader();
    let Living { account, token } = work::account(db, me.id, account, Right::See).await?.into_inner();
    let accounts = store::account::of_token_for_member(db, token.id, me.id).await?;
    let history = store::history::newest(db, token.id, view::ENTRIES).await?;
    Ok(view::token(&token, account.unshared.as_ref(), &accounts, history, s.clock.now()))
}

/// Does whatever works now: extends in place where Meta allows it, otherwise
/// names the consent page. `seen` is from when on the person's page said that
/// extending is possible: if somebody else has extended the token since, their
/// result is this person's too.
///
/// # Errors
/// [`Error::NotFound`] for an account of somebody else, [`Error::TooMany`],
/// [`Error::AtWork`] when somebody else's try takes long.
pub async fn refresh(s: &Services, me: &Me, account: AccountId, seen: Option<Moment>) -> Result<Refreshed, Error> {
    let Living { account, token } = work::account(s.db.reader(), me.id, account, Right::Repair).await?.into_inner();
    limits::of_person(s, limits::REFRESH, me.id).await?;
    let unshared = account.unshared.as_ref();
    let now = s.clock.now();
    // Pages write whole seconds.
    let extended_since =
        seen.is_some_and(|seen| seen <= now && earliest_extension(&token.facts) > seen + TimeDelta::seconds(1));
    if extended_since && account_status(&token.facts, unshared, now).is_active() {
        return Ok(Refreshed::Extended);
    }
    match account_remedy(&token.facts, unshared, now) {
        Remedy::Consent(_) => Ok(Refreshed::Consent(token.facts.platform)),
        Remedy::Extend => extension::extend(s, token, Actor::me(me, Trigger::Button)).await,
    }
}
