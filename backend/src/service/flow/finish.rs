//! The way back.

use chrono::TimeDelta;
use domain::Moment;
use domain::authorization::Intent;
use domain::platform::Platform;
use secrecy::{ExposeSecret, SecretString};

use super::after_code::trouble;
use super::{Outcome, Purpose, Refused, Trouble};
use crate::meta::RedeemError;
use crate::seal::{digest, same};
use crate::service::client::Client;
use crate::service::flow::connect::{self, Fresh};
use crate::service::lock::{self, Patience};
use crate::service::people::{NewSession, begin_session};
use crate::service::tokens::string;
use crate::{Error, Services, store};

type Flow = store::flow::Flow<Purpose, Outcome>;

/// For how long a second visit may sign in once more: the first answer may
/// never have reached the browser.
const SIGN_IN_AGAIN: TimeDelta = TimeDelta::minutes(10);

/// What Meta's redirect carries.
#[derive(Debug, Clone)]
pub struct Callback {
    /// The single-use code.
    pub code: Option<SecretString>,
    /// Our own state, echoed.
    pub state: Option<SecretString>,
    /// What Meta says instead of a code.
    pub refused: Option<Refused>,
}

/// What the browser gets.
#[derive(Debug)]
pub struct Finished {
    /// The result.
    pub outcome: Outcome,
    /// What the trip was for, where that is known.
    pub intent: Option<Intent>,
    /// A new session, if the trip was a login.
    pub session: Option<NewSession>,
}

/// Spends the state and does what the trip was for. Bad input changes nothing.
/// The trip goes on to its end when the browser leaves; whoever comes back
/// meanwhile (reload, back button) waits for it and gets the same result.
///
/// # Errors
/// What is our own fault, such as a failing database; [`Error::AtWork`] when
/// the first visit takes very long.
pub async fn finish(
    s: &Services,
    platform: Platform,
    callback: Callback,
    browser: Option<&SecretString>,
    client: &Client,
) -> Result<Finished, Error> {
    let Some((state_hash, known)) = flow_of(s, platform, &callback, browser).await? else {
        // Meta's own sample of a denial carries no state.
        let trouble = callback.refused.as_ref().map_or(Trouble::Expired, refused);
        return Ok(Finished { outcome: Outcome::Trouble(trouble), intent: None, session: None });
    };
    let trip = finish_alone(s.clone(), state_hash.clone(), callback);
    let outcome = lock::on(s, format!("flow:{state_hash}"), Patience::Some, trip).await?;
    let session = match &outcome {
        Outcome::Arrived { signed_in: Some(person), .. } if may_sign_in(&known, s.wall.now()) => {
            let txn = s.db.begin_write().await?;
            let session = begin_session(&txn, *person, client, s.wall.now()).await?;
            txn.commit().await.map_err(store::Error::from)?;
            Some(session)
        }
        _ => None,
    };
    Ok(Finished { outcome, intent: Some(known.purpose.intent()), session })
}

async fn finish_alone(s: Services, state_hash: String, callback: Callback) -> Result<Outcome, Error> {
    let Some(flow) = store::flow::spend::<Purpose, Outcome>(&s.db, &state_hash, s.wall.now()).await? else {
        return first_result(&s, &state_hash).await;
    };
    let outcome = first_visit(&s, &flow, &callback).await;
    // A failure of ours ends the flow too: the code may be spent by now.
    let kept = outcome.as_ref().map_or(Outcome::Trouble(Trouble::Expired), Clone::clone);
    let keep = async || Ok(store::flow::save_outcome(&s.db, &state_hash, &kept).await?);
    string::insistently(keep).await?;
    outcome
}

/// The remembered flow and its key, if platform and browser fit.
async fn flow_of(
    s: &Services,
    platform: Platform,
    callback: &Callback,
    browser: Option<&SecretString>,
) -> Result<Option<(String, Flow)>, Error> {
    let (Some(state), Some(browser)) = (&callback.state, browser) else {
        return Ok(None);
    };
    // A pasted address may still carry Meta's closing `#_`.
    let state: SecretString = state.expose_secret().trim_end_matches("#_").to_owned().into();
    let state_hash = digest(&state);
    let found: Option<Flow> = store::flow::find(s.db.reader(), &state_hash).await?;
    let fits = |flow: &Flow| flow.platform == platform && same(&flow.browser_hash, &digest(browser));
    Ok(found.filter(fits).map(|flow| (state_hash, flow)))
}

fn may_sign_in(flow: &Flow, now: Moment) -> bool {
    flow.spent_at.is_none_or(|spent_at| now < spent_at + SIGN_IN_AGAIN)
}

async fn first_visit(s: &Services, flow: &Flow, callback: &Callback) -> Result<Outcome, Error> {
    let code = match (&callback.refused, &callback.code) {
        (Some(said), _) => return Ok(Outcome::Trouble(refused(said))),
        (None, None) => return Ok(Outcome::Trouble(Trouble::Expired)),
        (None, Some(code)) => code,
    };
    let provider = s.meta.of(flow.platform).map_err(Error::NotConfigured)?;
    let granted = match provider.redeem(code.expose_secret(), s.clock.now()).await {
        Ok(granted) => granted,
        Err(error) => return Ok(Outcome::Trouble(trouble(flow.platform, error))),
    };
    let profiles = match provider.profiles(&granted.issued.token).await {
        Ok(profiles) => profiles,
        Err(error) => return Ok(Outcome::Trouble(trouble(flow.platform, RedeemError::Meta(error)))),
    };
    let fresh = Fresh { platform: flow.platform, granted, profiles };
    match flow.purpose {
        Purpose::LogIn => connect::log_in(s, fresh).await,
        Purpose::Connect { person } => connect::connect(s, fresh, person).await,
        Purpose::Link { person } => connect::link(s, fresh, person).await,
        Purpose::Refresh { person, account } => connect::refresh(s, fresh, person, account).await,
        Purpose::Public => connect::refresh_public(s, fresh).await,
    }
}

/// What came of a state that is spent already. Whoever spent it has ended: it
/// is over, or its process died. A state that nobody has spent is too old.
async fn first_result(s: &Services, state_hash: &str) -> Result<Outcome, Error> {
    let found: Option<Flow> = store::flow::find(s.db.reader(), state_hash).await?;
    Ok(found.and_then(|flow| flow.outcome).unwrap_or(Outcome::Trouble(Trouble::Expired)))
}

fn refused(said: &Refused) -> Trouble {
    said.log();
    said.trouble()
}
