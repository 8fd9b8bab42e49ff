//! Tells all processes what changed: for pages that watch the refresh queue,
//! and for embeds that are answered from memory.
//!
//! A change is written into the database with the transaction that makes it,
//! told in this process right after the commit, and found by the others at
//! their next look.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use domain::Moment;
use domain::id::WidgetId;
use sea_orm::DatabaseTransaction;
use sea_orm::prelude::Uuid;
use tokio::sync::broadcast;

use crate::Services;
use crate::store::{self, Error};

const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Whoever commits late, or whose clock is behind, is heard all the same.
const OVERLAP: TimeDelta = TimeDelta::seconds(15);
/// Changes that a listener may be behind before it must start afresh.
const BACKLOG: usize = 1024;
/// How long changes stay in the database.
const KEPT: TimeDelta = TimeDelta::minutes(10);

/// Something that others want to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// What visitors see of a widget.
    Shown(WidgetId),
    /// A widget's place in the refresh queue.
    Queue(WidgetId),
}

/// Where changes are told. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pulse {
    told: broadcast::Sender<Change>,
    /// The changes told here already, and when.
    known: Arc<Mutex<HashMap<Uuid, Moment>>>,
}

/// Changes that were written down, to be told after the commit.
#[derive(Debug)]
#[must_use = "tell them after the commit"]
pub(crate) struct Written {
    ids: Vec<Uuid>,
    changes: Vec<Change>,
    at: Moment,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { told: broadcast::channel(BACKLOG).0, known: Arc::default() }
    }
}

impl Pulse {
    /// Hears every change from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.told.subscribe()
    }

    /// Writes changes down within the transaction that makes them.
    pub(crate) async fn write(
        &self,
        txn: &DatabaseTransaction,
        changes: Vec<Change>,
        wall: Moment,
    ) -> Result<Written, Error> {
        let ids = store::change::insert(txn, &changes, wall).await?;
        Ok(Written { ids, changes, at: wall })
    }

    /// Tells this process what was committed.
    pub(crate) fn tell(&self, written: Written) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(written.ids.into_iter().map(|id| (id, written.at)));
        drop(known);
        for change in written.changes {
            // Nobody may be listening.
            let _heard = self.told.send(change);
        }
    }

    /// Tells what other processes changed, until the end of this one.
    pub async fn follow(&self, s: Services) {
        let mut since = s.wall.now();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = s.wall.now();
            match store::change::since(s.db.reader(), since - OVERLAP).await {
                Ok(found) => {
                    self.tell_new(found, now);
                    since = now;
                }
                Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "no news of other processes"),
            }
        }
    }

    fn tell_new(&self, found: Vec<(Uuid, Change)>, now: Moment) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, at| now - *at < OVERLAP * 4);
        for (id, change) in found {
            if known.insert(id, now).is_none() {
                let _heard = self.told.send(change);
            }
        }
    }
}

/// Forgets what everybody has heard by now.
pub(crate) async fn forget_old(s: &Services) -> Result<(), Error> {
    store::change::delete_before(&s.db, s.wall.now() - KEPT).await
}
