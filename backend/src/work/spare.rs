//! An account whose token fails it lives by another one that leads to it.

use domain::token::{Event as Told, EventKind, Support, support};

use super::Work;
use crate::event::{Event, Kind};
use crate::store::account::Account;
use crate::{Error, store};

impl Work {
    /// Lets an account live by the best of its spares, if that is as good as
    /// `least`. Whether it does.
    ///
    /// # Errors
    /// A failing database.
    pub async fn fall_back(&mut self, account: &Account, least: Support) -> Result<bool, Error> {
        let now = self.now;
        let spares = store::spare::of_account(&self.txn, account.id).await?;
        let rated = spares.into_iter().map(|spare| (support(&spare.facts, None, now), spare));
        // Of several that are as good, the one that came first.
        let best = rated.rev().max_by_key(|(support, _)| *support).filter(|(support, _)| *support >= least);
        let Some((_, best)) = best else { return Ok(false) };
        store::account::live_by(&self.txn, account.id, best.id).await?;
        store::spare::take(&self.txn, account.id, best.id).await?;
        if !account.apart() {
            store::spare::keep(&self.txn, account.id, account.token, now).await?;
        }
        let kind = EventKind::TookOver { username: account.username.clone() };
        self.write_history(&best, &[Told { at: now, kind, said: None }]).await?;
        self.tell(Event::of_account(Kind::Connected, account.id));
        Ok(true)
    }
}
