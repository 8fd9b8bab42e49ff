//! The accounts a person looks after.

pub(in crate::service) mod names;

use std::collections::BTreeSet;

use domain::Moment;
use domain::id::{AccountId, PersonId, TokenId};
use domain::member::{Right, Role};
use domain::page::{AccountOrder, ONE_MORE, Page, Search};
use domain::token::Trigger;
use domain::token::plan::next_extension;
use domain::view::{AccountRef, AccountView, Breaks, Coming, Me, Overview};

use crate::event::{Event, Kind};
use crate::service::tokens::{spares, view};
use crate::service::views::thirty_days;
use crate::store::account::Account;
use crate::store::account_list::Wanted;
use crate::store::token::TokenRow;
use crate::store::view_day::OfAccount;
use crate::work::{self, Actor, Work};
use crate::{Error, Services, store};

/// As many accounts as one may choose from in a field of a form.
const CHOICE: u64 = 100;
/// As many extensions to come as the overview tells of.
const COMING: u64 = 5;

/// Which page of a person's accounts.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// In this role only.
    pub role: Option<Role>,
    /// Whose names have this in them.
    pub search: Search,
    /// In which order.
    pub order: AccountOrder,
    /// After this one.
    pub after: Option<AccountId>,
    /// Without the pictures of their tokens' lives.
    pub brief: bool,
}

/// A page of this person's accounts. Neither the number of statements nor that
/// of the rows that come back grows with that of the accounts.
///
/// # Errors
/// Only when the database fails.
pub async fn page(s: &Services, me: &Me, asked: &Asked) -> Result<Page<AccountView>, Error> {
    let page = rows(s, me, asked).await?;
    let views = views(s, &page.items, asked.brief, page.now).await?;
    Ok(page.of(views))
}

pub(super) async fn rows(s: &Services, me: &Me, asked: &Asked) -> Result<Page<(Account, TokenRow)>, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
    let mut wanted = Wanted {
        role: asked.role,
        search: Some(&asked.search),
        order: asked.order,
        after: asked.after,
        since: thirty_days(now),
        limit: ONE_MORE,
    };
    let mut found = store::account_list::page(db, me.id, &wanted, now).await?;
    if found.is_empty() && wanted.after.take().is_some() {
        // What the page before ended with is gone.
        found = store::account_list::page(db, me.id, &wanted, now).await?;
    }
    let total = store::account_list::counts(db, me.id, &wanted, now).await?.all;
    Ok(Page::cut(found, |(account, _)| account.id.to_string(), total, now))
}

/// How this person's accounts are.
///
/// # Errors
/// Only when the database fails.
pub async fn overview(s: &Services, me: &Me) -> Result<Overview, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
    let counts = store::account_list::counts(db, me.id, &Wanted::default(), now).await?;
    let next = store::account_list::next_extended(db, me.id, COMING, now).await?;
    let coming = next.into_iter().filter_map(|(account, token)| {
        let at = next_extension(&token.facts, now)?;
        Some(Coming { account: view::reference(&account), at })
    });
    Ok(Overview {
        active: counts.all - counts.dark,
        not_active: counts.dark,
        needy: counts.needy,
        coming: coming.collect(),
    })
}

/// The accounts that one may choose from in a field of a form, by name; the one
/// that was asked for is among them.
///
/// # Errors
/// Only when the database fails.
pub async fn choice(s: &Services, me: &Me, asked: Option<AccountId>) -> Result<Vec<AccountRef>, Error> {
    let db = s.db.reader();
    let mut names = store::account_list::names(db, me.id, CHOICE).await?;
    let missing = asked.filter(|asked| names.iter().all(|name| name.id != *asked));
    if let Some(missing) = missing {
        match work::account(db, me.id, missing, Right::See).await {
            Ok(found) => names.insert(0, view::reference(&found.account)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(names)
}

/// Accounts as lists show them.
pub(super) async fn views(
    s: &Services,
    accounts: &[(Account, TokenRow)],
    brief: bool,
    now: Moment,
) -> Result<Vec<AccountView>, Error> {
    let db = s.db.reader();
    let ids: BTreeSet<AccountId> = accounts.iter().map(|(account, _)| account.id).collect();
    let tokens: BTreeSet<TokenId> = accounts.iter().map(|(_, token)| token.id).collect();
    let histories = store::history::newest_of(db, tokens, view::LOOKED_BACK).await?;
    let widgets = store::widget::counts(db, &ids).await?;
    let seen = store::view_day::by_account(db, &ids, thirty_days(now)).await?;
    let view = |(account, token): &(Account, TokenRow)| {
        let history = histories.get(&token.id).map(Vec::as_slice).unwrap_or_default();
        let unshared = account.unshared.as_ref();
        AccountView {
            token: view::summary(token, unshared, history, now),
            breaks: breaks(widgets.get(&account.id), seen.get(&account.id)),
            life_line: (!brief).then(|| view::life_line(token, unshared, history, now).folded()),
            id: account.id,
            username: account.username.clone(),
            name: account.name.clone(),
        }
    };
    Ok(accounts.iter().map(view).collect())
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
/// and with their last account the tokens.
pub(super) async fn leave(work: &mut Work, person: PersonId, account: AccountId, token: TokenId) -> Result<(), Error> {
    // Two that leave at once would each see the other one still there.
    store::token::find_to_change(work.db(), token).await?;
    store::membership::remove(work.db(), person, account).await?;
    if store::membership::members_of(work.db(), account).await?.is_empty() {
        let spares = store::spare::of_account(work.db(), account).await?;
        delete(work, account).await?;
        let tokens = spares.into_iter().map(|spare| spare.id).chain([token]);
        spares::drop_unneeded(work, tokens).await?;
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
