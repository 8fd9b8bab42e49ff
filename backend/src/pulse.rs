//! Tells all processes what happened: for pages that watch the refresh queue,
//! and for embeds that are answered from memory.
//!
//! An event is written into the database with the transaction that makes it,
//! told in this process right after the commit, and found by the others at
//! their next look.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use domain::Moment;
use sea_orm::prelude::Uuid;
use tokio::sync::broadcast;

use crate::clock::Clock;
use crate::event::Event;
use crate::store::{self, Db, Error};

const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Whoever commits late, or whose clock is behind, is heard all the same.
const OVERLAP: TimeDelta = TimeDelta::seconds(15);
/// Events that a listener may be behind before it must start afresh.
const BACKLOG: usize = 1024;
/// How long events stay in the database.
const KEPT: TimeDelta = TimeDelta::minutes(10);

/// Where events are told. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pulse {
    told: broadcast::Sender<Event>,
    /// The events told here already, and when.
    known: Arc<Mutex<HashMap<Uuid, Moment>>>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { told: broadcast::channel(BACKLOG).0, known: Arc::default() }
    }
}

impl Pulse {
    /// Hears every event from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.told.subscribe()
    }

    /// Tells this process what was committed under these ids.
    pub(crate) fn tell(&self, events: Vec<Event>, ids: Vec<Uuid>, wall: Moment) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(ids.into_iter().map(|id| (id, wall)));
        drop(known);
        for event in events {
            // Nobody may be listening.
            let _heard = self.told.send(event);
        }
    }

    /// Tells what happened in other processes, until the end of this one.
    pub async fn follow(&self, db: Db, wall: Arc<dyn Clock>) {
        let mut since = wall.now();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = wall.now();
            match store::event::since(db.reader(), since - OVERLAP).await {
                Ok(found) => {
                    self.tell_new(found, now);
                    since = now;
                }
                Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "no news of other processes"),
            }
        }
    }

    fn tell_new(&self, found: Vec<(Uuid, Event)>, now: Moment) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, at| now - *at < OVERLAP * 4);
        for (id, event) in found {
            if known.insert(id, now).is_none() {
                let _heard = self.told.send(event);
            }
        }
    }
}

/// Forgets what everybody has heard by now.
pub(crate) async fn forget_old(db: &Db, wall: Moment) -> Result<(), Error> {
    store::event::delete_before(db, wall - KEPT).await
}
