//! The way to the consent page.

use chrono::TimeDelta;
use domain::authorization::Intent;
use domain::member::Right;
use domain::platform::Platform;
use domain::token::{Consent, Remedy, account_remedy};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::Purpose;
use crate::seal::digest;
use crate::service::client::Network;
use crate::service::limits;
use crate::service::people::Signed;
use crate::store::flow::NewFlow;
use crate::{Error, Services, random, store, work};

/// How long a person may take at Meta.
const AWAY_AT_MOST: TimeDelta = TimeDelta::minutes(30);

/// Remembers the intent and returns Meta's address for it. `ask_again` is for
/// whoever was just told of a missing permission; `browser` is a secret that
/// only this browser has.
///
/// # Errors
/// [`Error::NotFound`] for an intent that needs a login or somebody else's
/// account; [`Error::NotConfigured`] for a platform without an app;
/// [`Error::TooMany`].
pub async fn start(
    s: &Services,
    platform: Platform,
    intent: Intent,
    ask_again: bool,
    signed: Option<&Signed>,
    browser: &SecretString,
    network: &Network,
) -> Result<Url, Error> {
    let now = s.wall.now();
    let (purpose, consent) = match (intent, signed) {
        (Intent::LogIn, _) => (Purpose::LogIn, Consent::Plain),
        (Intent::Public, _) => (Purpose::Public, Consent::Plain),
        (Intent::Connect, Some(signed)) => (Purpose::Connect { person: signed.me.id }, Consent::Plain),
        (Intent::Link, Some(signed)) => (Purpose::Link { person: signed.me.id }, Consent::Plain),
        (Intent::Refresh(account), Some(signed)) => {
            let owned = work::account(s.db.reader(), signed.me.id, account, Right::Repair).await?;
            if owned.token.facts.platform != platform {
                return Err(Error::NotFound);
            }
            let unshared = owned.account.unshared.as_ref();
            let consent = match account_remedy(&owned.token.facts, unshared, s.clock.now()) {
                Remedy::Consent(consent) => consent,
                Remedy::Extend => Consent::Plain,
            };
            (Purpose::Refresh { person: signed.me.id, account }, consent)
        }
        (Intent::Connect | Intent::Link | Intent::Refresh(_), None) => return Err(Error::NotFound),
    };
    let consent = if ask_again { Consent::AskAgain } else { consent };
    let provider = s.meta.of(platform).map_err(Error::NotConfigured)?;
    limits::trip(s, network).await?;
    let state = random::secret();
    let flow = NewFlow {
        state_hash: &digest(&state),
        browser_hash: &digest(browser),
        platform,
        purpose: &purpose,
        expires_at: now + AWAY_AT_MOST,
    };
    store::flow::insert(&s.db, flow, now).await?;
    Ok(provider.authorize_url(state.expose_secret(), consent))
}
