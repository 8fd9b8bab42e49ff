//! The one way a token changes: an observation becomes facts, history and the
//! next step, in one transaction.

use domain::Moment;
use domain::token::agenda::next_step;
use domain::token::{Event, EventKind, Facts, Observation, Trigger, observe};
use sea_orm::DatabaseTransaction;

use super::Error;
use crate::job::tend::Tend;
use crate::store::token::TokenRow;
use crate::{queue, store};

/// Through what a change came, and by whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    pub trigger: Trigger,
    pub by: Option<&'a str>,
}

/// Writes what was observed of a stored token. `token` is changed as well.
pub(crate) async fn observation(
    txn: &DatabaseTransaction,
    token: &mut TokenRow,
    observation: Observation,
    cause: Cause<'_>,
    now: Moment,
) -> Result<(), Error> {
    let (facts, events) = observe(&token.facts, observation, now);
    facts_and_events(txn, token, facts, events, cause, now).await
}

/// Writes facts and history, and schedules the next step.
pub(crate) async fn facts_and_events(
    txn: &DatabaseTransaction,
    token: &mut TokenRow,
    facts: Facts,
    events: Vec<Event>,
    cause: Cause<'_>,
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
    store::history::append(txn, token.id, &events, cause.trigger, cause.by, now).await?;
    if let Some(at) = token.next_step_at {
        queue::reschedule(txn, &Tend { token: token.id }, at).await?;
    }
    Ok(())
}
