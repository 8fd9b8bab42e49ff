//! The unit of work: the one way in which something changes here.
//!
//! Begun by an actor, it gives the rows that this actor has a right to, takes
//! the events, and ends with [`Work::commit`], which leaves nothing to remember:
//! rows, history, events and jobs are one transaction, and whoever listens
//! hears of it afterwards. Dropped instead, it has never been.

mod actor;
mod owned;
mod spare;
mod token;

use std::collections::BTreeSet;

use domain::Moment;
use domain::id::{AccountId, MailId, WidgetId};
use domain::mail::Letter;
use domain::member::Right;
use sea_orm::DatabaseTransaction;

use crate::event::Event;
use crate::store::mail::Recipient;
use crate::store::widget::Widget;
use crate::task::{Fetch, Send};
use crate::{Error, Services, queue, random, store};

pub(crate) use actor::Actor;
pub(crate) use owned::{Living, Owned, account, widget};

/// One transaction of one actor.
pub(crate) struct Work {
    s: Services,
    txn: DatabaseTransaction,
    actor: Actor,
    now: Moment,
    events: Vec<Event>,
}

impl Services {
    /// Begins a unit of work. On SQLite it holds the database's one write lock:
    /// never wait for the network inside.
    ///
    /// # Errors
    /// The database is busy or away.
    pub(crate) async fn begin(&self, actor: &Actor) -> Result<Work, Error> {
        let txn = self.db.begin_write().await?;
        let now = self.clock.now();
        Ok(Work { s: self.clone(), txn, actor: actor.clone(), now, events: Vec::new() })
    }
}

impl Work {
    /// Where to read and write.
    pub const fn db(&self) -> &DatabaseTransaction {
        &self.txn
    }

    /// The token's time, the same from beginning to end.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// An account that the actor has this right to.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an account of somebody else, and for whoever is nobody here.
    pub async fn account(&self, id: AccountId, right: Right) -> Result<Owned<Living>, Error> {
        account(&self.txn, self.actor.id().ok_or(Error::NotFound)?, id, right).await
    }

    /// A widget of an account that the actor has this right to.
    ///
    /// # Errors
    /// As [`Self::account`].
    pub async fn widget(&self, id: WidgetId, right: Right) -> Result<Owned<Widget>, Error> {
        widget(&self.txn, self.actor.id().ok_or(Error::NotFound)?, id, right).await
    }

    /// Notes what happens with this work.
    pub fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Puts a mail into the outbox: it is sent when this work is done, and only then.
    ///
    /// # Errors
    /// A failing database.
    pub async fn post(&self, to: &Recipient, letter: &Letter) -> Result<(), Error> {
        let mail = MailId(random::new_id());
        store::mail::insert(&self.txn, mail, to, letter, self.s.wall.now()).await?;
        queue::enqueue(&self.txn, &Send { mail }, self.now).await?;
        Ok(())
    }

    /// Ends the work: it reacts to what happened, writes it down, and tells everybody.
    ///
    /// # Errors
    /// A failing database; nothing was changed.
    pub async fn commit(self) -> Result<(), Error> {
        let Self { s, txn, actor, now, events } = self;
        let hungry: BTreeSet<AccountId> =
            events.iter().filter(|event| event.wants_posts()).map(|event| event.account).collect();
        for account in hungry {
            if store::widget::account_has_any(&txn, account).await? {
                queue::enqueue(&txn, &Fetch { account }, now).await?;
            }
        }
        let wall = s.wall.now();
        let ids = store::event::insert(&txn, &events, actor.how(), actor.id(), wall).await?;
        txn.commit().await.map_err(store::Error::from)?;
        s.pulse.tell(events, ids, wall);
        s.wake.all();
        Ok(())
    }
}
