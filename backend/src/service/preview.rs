//! The manual check: a preview of a widget. Pictures mean that the token works.

mod demo;

use domain::id::AccountId;
use domain::member::Right;
use domain::token::Trigger;
use domain::view::{Chosen, Me, PreviewView};
use domain::widget::{Settings, Shown};

use crate::service::feeds::{self, Ask, Need};
use crate::service::tokens::view;
use crate::service::{accounts, limits};
use crate::work::{self, Actor, Living};
use crate::{Error, Services, store};

/// What the front page's preview offers: to a person, their accounts; to a
/// stranger, the sandbox's demo account where there is one.
///
/// # Errors
/// Only when the database fails. Somebody else's account is not chosen.
pub async fn look(s: &Services, me: Option<&Me>, account: Option<AccountId>) -> Result<PreviewView, Error> {
    let (demo, now) = (s.demo.is_some(), s.clock.now());
    let Some(me) = me else {
        return Ok(PreviewView { accounts: Vec::new(), chosen: None, demo, now });
    };
    let accounts = accounts::choice(s, me, account).await?;
    let chosen = match account.or_else(|| accounts.first().map(|account| account.id)) {
        Some(account) => chosen(s, me, account).await?,
        None => None,
    };
    Ok(PreviewView { accounts, chosen, demo, now })
}

async fn chosen(s: &Services, me: &Me, account: AccountId) -> Result<Option<Chosen>, Error> {
    let db = s.db.reader();
    let Living { account, token } = match work::account(db, me.id, account, Right::See).await {
        Ok(found) => found.into_inner(),
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let history = store::history::newest(db, token.id, view::LOOKED_BACK).await?;
    let posts = store::post::count(db, account.id).await?;
    Ok(Some(Chosen {
        account: view::reference(&account),
        token: view::summary(&token, account.unshared.as_ref(), &history, s.clock.now()),
        posts: u32::try_from(posts).unwrap_or(u32::MAX),
        fetched_at: store::feed::find(db, account.id).await?.fetched_at,
    }))
}

/// The check itself: uses the token to fetch the account's posts. What Meta
/// refuses is no error; the token's status tells it afterwards.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's account, [`Error::TooMany`].
pub async fn generate(s: &Services, me: &Me, account: AccountId) -> Result<(), Error> {
    work::account(s.db.reader(), me.id, account, Right::Repair).await?;
    limits::of_person(s, limits::PREVIEW, me.id).await?;
    let actor = Actor::me(me, Trigger::Preview);
    let work = s.begin(&actor).await?;
    store::item::ask_again(work.db(), account).await?;
    work.commit().await?;
    let ask = Ask { since: s.clock.now(), need: Need::PREVIEW, actor };
    let _told_by_the_status = feeds::fetch(s, account, ask).await?;
    Ok(())
}

/// What a widget with these settings would show. Without an account: the
/// sandbox's demo account, for everybody.
///
/// # Errors
/// Only when the database fails.
pub async fn shown(
    s: &Services,
    me: Option<&Me>,
    account: Option<AccountId>,
    settings: Settings,
) -> Result<Option<Shown>, Error> {
    let db = s.db.reader();
    let account = match (me, account) {
        (Some(me), Some(account)) => match work::account(db, me.id, account, Right::See).await {
            Ok(owned) => Some(owned.into_inner().account),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        },
        (None, Some(_)) => None,
        (_, None) => demo::account(s).await?,
    };
    let Some(account) = account else {
        return Ok(None);
    };
    let posts = feeds::kept(s, account.id).await?;
    Ok(Some(Shown::new(settings, account.username, posts)))
}
