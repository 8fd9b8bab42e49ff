//! The tokens of a person's accounts, and their repair.

mod extension;
mod history;
pub(in crate::service) mod sharing;
pub(in crate::service) mod spares;
pub(in crate::service) mod string;
pub(crate) mod upkeep;
pub(in crate::service) mod view;

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{AccountId, EntryId};
use domain::member::{Right, Role};
use domain::page::Page;
use domain::token::plan::earliest_extension;
use domain::token::{Remedy, Trigger, account_remedy, account_status};
use domain::view::{Me, Mine, TokenView};

use crate::service::accounts::{self, Asked};
use crate::service::limits;
use crate::store::account::Account;
use crate::work::{self, Actor, Living};
use crate::{Error, Services, store};

pub use extension::Refreshed;

/// What this person owns: the token that needs somebody most, with the accounts
/// that live by it, and one's other accounts. An account that is not shared with
/// its token any more stands apart from those that are. Its history is listed after this entry.
///
/// # Errors
/// Only when the database fails.
pub async fn mine(s: &Services, me: &Me, after: Option<EntryId>) -> Result<Mine, Error> {
    let asked = Asked { role: Some(Role::Owner), ..Asked::default() };
    let Page { items, now, .. } = accounts::rows(s, me, &asked).await?;
    let Some((first, token)) = items.first().cloned() else {
        return Ok(Mine { token: None, other: Vec::new() });
    };
    let with_first = |account: &Account| account.token == token.id && account.apart() == first.apart();
    let other: Vec<_> = items.into_iter().filter(|(account, _)| !with_first(account)).collect();
    let db = s.db.reader();
    let mut together = store::account::of_token_for_member(db, token.id, me.id).await?;
    together.retain(with_first);
    let history = history::of(s, token.id, after, now).await?;
    Ok(Mine {
        token: Some(view::token(&token, first.unshared.as_ref(), &together, history, now)),
        other: accounts::views(s, &other, true, now).await?,
    })
}

/// The token an account of this person lives by, with its history after this entry.
///
/// # Errors
/// [`Error::NotFound`] for an account of somebody else.
pub async fn of_account(s: &Services, me: &Me, account: AccountId, after: Option<EntryId>) -> Result<TokenView, Error> {
    let (db, now) = (s.db.reader(), s.clock.now());
    let Living { account, token } = work::account(db, me.id, account, Right::See).await?.into_inner();
    let accounts = store::account::of_token_for_member(db, token.id, me.id).await?;
    let history = history::of(s, token.id, after, now).await?;
    let spares = spares::views(s, account.id).await?;
    Ok(TokenView { spares, ..view::token(&token, account.unshared.as_ref(), &accounts, history, now) })
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
