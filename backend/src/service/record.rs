//! The one way a token changes: an observation becomes facts, history and the
//! next step, in one transaction.

use domain::Moment;
use domain::token::agenda::next_step;
use domain::token::{Event, EventKind, Facts, Observation, Trigger, observe};
use sea_orm::DatabaseTransaction;

use super::{Error, rebuild};
use crate::job::tend::Tend;
use crate::store::token::TokenRow;
use crate::{Services, queue, store};

/// Through what a change came, and by whom.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    pub trigger: Trigger,
    pub by: Option<String>,
}

/// The worker, on plan.
pub(crate) const BY_ITSELF: Cause = Cause { trigger: Trigger::Schedule, by: None };

/// Writes what was observed of a stored token. `token` is changed as well.
pub(crate) async fn observation(
    s: &Services,
    txn: &DatabaseTransaction,
    token: &mut TokenRow,
    observation: Observation,
    cause: &Cause,
    now: Moment,
) -> Result<(), Error> {
    let (facts, events) = observe(&token.facts, observation, now);
    facts_and_events(s, txn, token, facts, events, cause, now).await
}

/// Writes facts and history, and schedules the next step.
pub(crate) async fn facts_and_events(
    s: &Services,
    txn: &DatabaseTransaction,
    token: &mut TokenRow,
    facts: Facts,
    events: Vec<Event>,
    cause: &Cause,
    now: Moment,
) -> Result<(), Error> {
    token.facts = facts;
    let ended = events.iter().rev().find(|event| matches!(event.kind, EventKind::Ended { .. }));
    if let Some(ended) = ended {
        token.noted_expiry = Some(ended.at);
    }
    let step = next_step(&token.facts, token.noted_expiry, now);
    token.next_step_at = step.map(|(at, _)| at);
    store::token::update(txn, token, now).await?;
    store::history::append(txn, token.id, &events, cause.trigger, cause.by.as_deref(), now).await?;
    if let Some(at) = token.next_step_at {
        queue::reschedule(txn, &Tend { token: token.id }, at).await?;
    }
    if events.iter().any(|event| brings_new_light(event, cause)) {
        // Told by `Pulse::follow`: whether this is committed is not known here.
        let _written = rebuild::queue_token(s, txn, token.id).await?;
    }
    Ok(())
}

/// Whether the widgets have to be rebuilt: the same token works again, or a
/// person asked for a longer life. The worker's own extensions change nothing
/// that a visitor sees; a consent queues the widgets where the accounts are known.
fn brings_new_light(event: &Event, cause: &Cause) -> bool {
    match event.kind {
        EventKind::Recovered => true,
        EventKind::Extended { .. } => cause.trigger != Trigger::Schedule,
        _ => false,
    }
}
