//! What changes while a page is open, as server-sent events.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State as Extract};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::Services;
use backend::event::{Event as Told, Kind};
use backend::service::people::{self, Signed};
use backend::service::{accounts, queue};
use domain::id::{AccountId, PersonId, SessionId};
use domain::view::{Me, QueueView};
use http::StatusCode;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// Positions move with other people's widgets too, which is no change of one's own.
const LOOK_AT_LEAST_EVERY: Duration = Duration::from_secs(5);
/// Changes that come together are told together.
const TOGETHER: Duration = Duration::from_millis(100);
/// So that proxies keep the connection.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// One person's open streams in this process: a few browsers with a few tabs,
/// which share one each where they can.
const MOST_STREAMS: usize = 24;

/// So many other people's accounts are remembered by a stream.
const MOST_STRANGERS: usize = 10_000;

/// Ends open streams when the process stops.
#[derive(Clone)]
pub struct Stop(pub watch::Receiver<bool>);

/// How many streams each person has open.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<PersonId, usize>>>);

/// One open stream; dropped with it.
struct Stream {
    streams: Streams,
    person: PersonId,
}

impl Streams {
    /// `None` when this person has too many already.
    fn open(&self, person: PersonId) -> Option<Stream> {
        let mut open = self.0.lock().ok()?;
        let mine = open.entry(person).or_default();
        if *mine >= MOST_STREAMS {
            return None;
        }
        *mine += 1;
        Some(Stream { streams: self.clone(), person })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let Ok(mut open) = self.streams.0.lock() else { return };
        if let Some(mine) = open.get_mut(&self.person) {
            *mine -= 1;
            if *mine == 0 {
                open.remove(&self.person);
            }
        }
    }
}

/// Whose page asks. In another tab somebody else may have signed in since it was
/// loaded, and a stream that was lost comes back with the new cookie.
#[derive(Debug, Deserialize)]
pub struct Asking {
    person: PersonId,
}

/// `GET /events/queue?person=…`: the refresh queue of the signed-in person, at
/// once and at every change.
pub async fn refresh_queue(
    Extract(services): Extract<Services>,
    Extract(stop): Extract<Stop>,
    Extract(streams): Extract<Streams>,
    Extension(signed): Extension<Option<Signed>>,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response {
    let mine = |signed: &Signed| asking.is_ok_and(|Query(asking)| asking.person == signed.me.id);
    let Some(Signed { me, session, .. }) = signed.filter(mine) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Some(stream) = streams.open(me.id) else {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    let watcher = Watcher {
        events: services.pulse.subscribe(),
        services,
        me,
        session,
        stop: stop.0,
        told: None,
        mine: HashSet::new(),
        strangers: HashSet::new(),
        _stream: stream,
    };
    Sse::new(watcher.events()).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response()
}

struct Watcher {
    services: Services,
    me: Me,
    /// Ends the stream with it.
    session: SessionId,
    events: Receiver<Told>,
    stop: watch::Receiver<bool>,
    /// What the page knows.
    told: Option<QueueView>,
    /// Accounts of this person that have been looked up, and other people's.
    mine: HashSet<AccountId>,
    strangers: HashSet<AccountId>,
    _stream: Stream,
}

impl Watcher {
    fn events(self) -> impl futures::Stream<Item = Result<Event, Infallible>> {
        futures::stream::unfold(self, |mut watcher| async move {
            let event = watcher.next().await?;
            Some((Ok(event), watcher))
        })
    }

    /// The next view that differs from what the page knows. `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.told.is_some() {
                self.something_happens().await?;
            }
            let view = match self.look().await {
                Ok(Some(view)) => view,
                Ok(None) => return None,
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a page's refresh queue could not be read"
                    );
                    return None;
                }
            };
            if self.told.as_ref().is_none_or(|told| told.entries != view.entries) {
                self.told = Some(view.clone());
                return Event::default().event("queue").json_data(&view).ok();
            }
        }
    }

    /// `None` when the session has ended.
    async fn look(&self) -> Result<Option<QueueView>, backend::service::Error> {
        if !people::goes_on(&self.services, self.session).await? {
            return Ok(None);
        }
        queue::of_person(&self.services, &self.me).await.map(Some)
    }

    /// Whether something happened to an account of this person: to other people's, much does.
    async fn concerns(&mut self, told: Told) -> bool {
        if !told.moves_queue() {
            return false;
        }
        let account = told.account;
        if told.kind == Kind::Connected {
            // Whoever connects it looks after it from now on.
            self.strangers.remove(&account);
        }
        if self.mine.contains(&account) || self.strangers.contains(&account) {
            return self.mine.contains(&account);
        }
        let mine = accounts::is_mine(&self.services, &self.me, account).await.unwrap_or(true);
        if mine {
            self.mine.insert(account);
        } else {
            if self.strangers.len() >= MOST_STRANGERS {
                self.strangers.clear();
            }
            self.strangers.insert(account);
        }
        mine
    }

    async fn something_happens(&mut self) -> Option<()> {
        loop {
            tokio::select! {
                _ = self.stop.changed() => return None,
                () = tokio::time::sleep(LOOK_AT_LEAST_EVERY) => return Some(()),
                told = self.events.recv() => match told {
                    Ok(told) if self.concerns(told).await => break,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => return None,
                },
            }
        }
        tokio::time::sleep(TOGETHER).await;
        while self.events.try_recv().is_ok() {}
        Some(())
    }
}
