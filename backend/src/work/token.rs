//! The one way a token changes: an observation becomes facts, history and the
//! next step, in one transaction.

use domain::token::agenda::next_step;
use domain::token::{Event as Told, EventKind, Facts, Observation, Support, observe, status};

use super::Work;
use crate::event::{Event, Kind};
use crate::store::token::TokenRow;
use crate::task::Tend;
use crate::{Error, queue, store};

impl Work {
    /// Writes what was observed of a stored token. `token` is changed as well.
    ///
    /// # Errors
    /// A failing database.
    pub async fn observe(&mut self, token: &mut TokenRow, observation: Observation) -> Result<(), Error> {
        let (facts, told) = observe(&token.facts, observation, self.now);
        self.write_facts(token, facts, told).await
    }

    /// Writes facts and history, and schedules the next step.
    ///
    /// # Errors
    /// A failing database.
    pub async fn write_facts(&mut self, token: &mut TokenRow, facts: Facts, told: Vec<Told>) -> Result<(), Error> {
        token.facts = facts;
        let ended = told.iter().rev().find(|told| matches!(told.kind, EventKind::Ended { .. }));
        if let Some(ended) = ended {
            token.noted_expiry = Some(ended.at);
        }
        let step = next_step(&token.facts, token.noted_expiry, self.now);
        token.next_step_at = step.map(|(at, _)| at);
        store::token::update(&self.txn, token, self.now).await?;
        self.write_history(token, &told).await?;
        if let Some(at) = token.next_step_at {
            queue::reschedule(&self.txn, &Tend { token: token.id }, at).await?;
        }
        if !status(&token.facts, self.now).is_active() {
            for account in store::account::of_token(&self.txn, token.id).await? {
                self.fall_back(&account, Support::ForNow).await?;
            }
        }
        if told.iter().any(|told| self.brings_new_light(told)) {
            for account in store::account::of_token(&self.txn, token.id).await? {
                self.tell(Event::of_account(Kind::Relit, account.id));
            }
        }
        Ok(())
    }

    /// Adds to the history of a token, in the name of the actor.
    ///
    /// # Errors
    /// A failing database.
    pub async fn write_history(&self, token: &TokenRow, told: &[Told]) -> Result<(), Error> {
        let (how, by) = (self.actor.how(), self.actor.known_as());
        Ok(store::history::append(&self.txn, token.id, told, how, by, self.now).await?)
    }

    /// Whether the widgets have to be rebuilt: the same token works again, or a
    /// person asked for a longer life. The worker's own extensions change nothing
    /// that a visitor sees; a consent tells of the accounts that it connects.
    fn brings_new_light(&self, told: &Told) -> bool {
        match told.kind {
            EventKind::Recovered => true,
            EventKind::Extended { .. } => !self.actor.is_on_plan(),
            _ => false,
        }
    }
}
