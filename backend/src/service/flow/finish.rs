//! The way back.

use std::time::Duration;

use chrono::TimeDelta;
use domain::Moment;
use domain::platform::Platform;
use domain::token::Failure;
use secrecy::{ExposeSecret, SecretString};

use super::{Outcome, Purpose, Trouble};
use crate::meta::RedeemError;
use crate::seal::{digest, same};
use crate::service::Error;
use crate::service::connect;
use crate::service::people::{NewSession, begin_session};
use crate::{Services, store};

type Flow = store::flow::Flow<Purpose, Outcome>;

/// How long a second visit of a callback waits for the first one's result.
const WAIT_FOR_FIRST: u32 = 400;
const ASK_AGAIN: Duration = Duration::from_millis(100);
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
    /// `error`, as on denial.
    pub error: Option<String>,
}

/// What the browser gets.
#[derive(Debug)]
pub struct Finished {
    /// The result.
    pub outcome: Outcome,
    /// The query that starts the trip again.
    pub again: Option<String>,
    /// A new session, if the trip was a login.
    pub session: Option<NewSession>,
}

/// Spends the state and does what the trip was for. Bad input changes nothing.
///
/// # Errors
/// Only what is our own fault, such as a failing database.
pub async fn finish(
    s: &Services,
    platform: Platform,
    callback: Callback,
    browser: Option<&SecretString>,
    device: &str,
) -> Result<Finished, Error> {
    let Some((state_hash, known)) = flow_of(s, platform, &callback, browser).await? else {
        // Meta's own sample of a denial carries no state.
        let trouble = if callback.error.is_some() { Trouble::Denied } else { Trouble::Expired };
        return Ok(Finished { outcome: Outcome::Trouble(trouble), again: None, session: None });
    };
    let outcome = match store::flow::spend::<Purpose, Outcome>(&s.db, &state_hash, s.wall.now()).await? {
        Some(flow) => {
            let outcome = first_visit(s, &flow, &callback).await;
            // A failure of ours ends the flow too: the code may be spent by now.
            let kept = outcome.as_ref().map_or(Outcome::Trouble(Trouble::Expired), Clone::clone);
            store::flow::save_outcome(&s.db, &state_hash, &kept).await?;
            outcome?
        }
        None => first_result(s, &state_hash).await?,
    };
    let session = match &outcome {
        Outcome::Arrived { signed_in: Some(person), .. } if may_sign_in(&known, s.wall.now()) => {
            let txn = s.db.begin_write().await?;
            let session = begin_session(&txn, *person, device, s.wall.now()).await?;
            txn.commit().await.map_err(store::Error::from)?;
            Some(session)
        }
        _ => None,
    };
    Ok(Finished { outcome, again: Some(known.purpose.again()), session })
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
    let code = match (&callback.error, &callback.code) {
        (Some(error), _) if error == "access_denied" => return Ok(Outcome::Trouble(Trouble::Denied)),
        (Some(_), _) => return Ok(Outcome::Trouble(Trouble::AppFault)),
        (None, None) => return Ok(Outcome::Trouble(Trouble::Expired)),
        (None, Some(code)) => code,
    };
    let provider = s.meta.of(flow.platform)?;
    let granted = match provider.redeem(code.expose_secret(), s.clock.now()).await {
        Ok(granted) => granted,
        Err(error) => return Ok(Outcome::Trouble(trouble(error))),
    };
    let profiles = match provider.profiles(&granted.issued.token).await {
        Ok(profiles) => profiles,
        Err(error) => return Ok(Outcome::Trouble(trouble(RedeemError::Meta(error)))),
    };
    match flow.purpose {
        Purpose::LogIn => connect::log_in(s, flow.platform, granted, profiles).await,
        Purpose::Connect { person } => connect::connect(s, flow.platform, granted, profiles, person).await,
        Purpose::Refresh { person, account } => {
            connect::refresh(s, flow.platform, granted, profiles, person, account).await
        }
        Purpose::Public => connect::refresh_public(s, flow.platform, granted, profiles).await,
    }
}

/// Waits for whoever spent the state first. A state that nobody has spent is
/// too old; if the process that spent it died, the flow is over as well.
async fn first_result(s: &Services, state_hash: &str) -> Result<Outcome, Error> {
    for _ in 0..WAIT_FOR_FIRST {
        let found: Option<Flow> = store::flow::find(s.db.reader(), state_hash).await?;
        match found.filter(|flow| flow.spent_at.is_some()) {
            Some(Flow { outcome: Some(outcome), .. }) => return Ok(outcome),
            Some(_) => {}
            None => return Ok(Outcome::Trouble(Trouble::Expired)),
        }
        tokio::time::sleep(ASK_AGAIN).await;
    }
    Ok(Outcome::Trouble(Trouble::Expired))
}

fn trouble(error: RedeemError) -> Trouble {
    match error {
        RedeemError::CodeSpent(_) => Trouble::CodeSpent,
        RedeemError::MissingPermissions(scopes) => Trouble::MissingPermission { scopes },
        RedeemError::AppFault(said) => {
            tracing::error!(code = ?said.code, "Meta refuses the app: {}", said.message);
            Trouble::AppFault
        }
        RedeemError::Meta(error) => {
            tracing::warn!("Meta did not complete a sign-in: {error}");
            match error.verdict {
                domain::token::Verdict::Unknown(Failure::AppFault) => Trouble::AppFault,
                _ => Trouble::MetaDown,
            }
        }
    }
}
