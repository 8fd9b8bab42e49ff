//! The sandbox's demo account: a preview for strangers, without any login. Its
//! token comes from the sandbox as from Meta's dashboard; everything after that
//! is what happens to any other account. Nobody looks after it.

use chrono::TimeDelta;
use domain::id::AccountId;
use domain::platform::Platform;
use domain::token::Trigger;

use crate::demo::{Demo, Known};
use crate::service::feeds::{self, Ask, Need};
use crate::service::flow::connect;
use crate::store::account::Account;
use crate::work::Actor;
use crate::{Error, Services, store};

/// What was not to be had the first time, posts or pictures, is asked for again
/// when a stranger looks, but no more often than this.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(10);
/// This installation, because a stranger looks.
const ACTOR: Actor = Actor::system(Trigger::Connect);

/// The demo account, connected when somebody first asks for it, and again after
/// somebody who signed in as it has disconnected it.
pub(in crate::service) async fn account(s: &Services) -> Result<Option<Account>, Error> {
    let Some(demo) = &s.demo else {
        return Ok(None);
    };
    let mut known = demo.known.lock().await;
    if let Some(account) = kept(s, known.map(|known| known.account)).await? {
        look_again(s, account.id, &mut known).await?;
        return Ok(Some(account));
    }
    match connect_it(s, demo).await {
        Ok(account) => {
            *known = Some(account);
            kept(s, Some(account.account)).await
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn kept(s: &Services, id: Option<AccountId>) -> Result<Option<Account>, Error> {
    let Some(id) = id else {
        return Ok(None);
    };
    Ok(store::account::with_its_token(s.db.reader(), id).await?.map(|(account, _)| account))
}

async fn connect_it(s: &Services, demo: &Demo) -> Result<Known, Error> {
    let token = (demo.source)().await.ok_or(Error::NotFound)?;
    let account = connect::by_token(s, Platform::Instagram, token, ACTOR).await?;
    fetch(s, account).await
}

/// Nobody else would ask again for what did not come when it was connected.
async fn look_again(s: &Services, account: AccountId, known: &mut Option<Known>) -> Result<(), Error> {
    let now = s.clock.now();
    // A clock that was set back says nothing about how long that is ago.
    let lately = known.is_some_and(|known| known.asked_at <= now && now < known.asked_at + AGAIN_AFTER);
    if !lately && lacks_something(s, account).await? {
        *known = Some(fetch(s, account).await?);
    }
    Ok(())
}

async fn lacks_something(s: &Services, account: AccountId) -> Result<bool, Error> {
    let db = s.db.reader();
    let fetched = store::feed::find(db, account).await?.fetched_at.is_some();
    Ok(!fetched || store::item::copying(db, account).await?.values().any(|copying| copying.failing.is_some()))
}

async fn fetch(s: &Services, account: AccountId) -> Result<Known, Error> {
    let asked_at = s.clock.now();
    let ask = Ask { since: asked_at, need: Need::PREVIEW, actor: ACTOR };
    let _shown_as_far_as_it_came = feeds::fetch(s, account, ask).await?;
    Ok(Known { account, asked_at })
}
