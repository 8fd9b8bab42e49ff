//! The sandbox's demo account: a preview for strangers, without any login. Its
//! token comes from the sandbox as from Meta's dashboard; everything after that
//! is what happens to any other account. Nobody looks after it.

use std::fmt;
use std::sync::Arc;

use domain::id::AccountId;
use domain::platform::Platform;
use domain::token::Trigger;
use futures::future::BoxFuture;
use secrecy::SecretString;
use tokio::sync::Mutex;

use super::feeds::{self, Ask, Need};
use super::record::Cause;
use super::{Error, connect};
use crate::store::account::Account;
use crate::{Services, store};

/// Asks for an access token of the demo account; `None` when there is none to be had.
pub type TokenSource = Arc<dyn Fn() -> BoxFuture<'static, Option<SecretString>> + Send + Sync>;

/// The way to the demo account. Cheap to clone.
#[derive(Clone)]
pub struct Demo {
    source: TokenSource,
    /// Held while it is connected: strangers who come together connect it once.
    account: Arc<Mutex<Option<AccountId>>>,
}

impl Demo {
    /// With tokens from here.
    pub fn new(source: TokenSource) -> Self {
        Self { source, account: Arc::default() }
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Demo")
    }
}

/// The demo account, connected when somebody first asks for it, and again after
/// somebody who signed in as it has disconnected it.
pub(super) async fn account(s: &Services) -> Result<Option<Account>, Error> {
    let Some(demo) = &s.demo else {
        return Ok(None);
    };
    let mut known = demo.account.lock().await;
    if let Some(account) = kept(s, *known).await? {
        return Ok(Some(account));
    }
    match connect_it(s, demo).await {
        Ok(id) => {
            *known = Some(id);
            kept(s, *known).await
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

async fn connect_it(s: &Services, demo: &Demo) -> Result<AccountId, Error> {
    let token = (demo.source)().await.ok_or(Error::NotFound)?;
    let cause = Cause { trigger: Trigger::Connect, by: None };
    let account = connect::by_token(s, Platform::Instagram, token, cause.clone()).await?;
    let ask = Ask { since: s.clock.now(), need: Need::PREVIEW, cause };
    let _shown_as_far_as_it_came = feeds::fetch(s, account, ask).await?;
    Ok(account)
}
