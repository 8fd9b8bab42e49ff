//! Single flight: one process at a time works on a token, fetches a feed, or
//! finishes a sign-in.
//!
//! Locked work runs in a task of its own to its end. Its lock is renewed while
//! it runs and given back when it ends, however it ends; when its process dies,
//! the lock is anybody's after [`HELD_FOR`]. A lock keeps two from asking Meta
//! at once. That nobody overwrites what is newer is not its business: whoever
//! writes compares with the row as it is then (see [`super::tokens::string`]).

use std::convert::Infallible;
use std::pin::pin;
use std::time::Duration;

use chrono::TimeDelta;
use domain::id::AppScopedId;
use domain::platform::Platform;
use futures::FutureExt;

use crate::work::Actor;
use crate::{Error, Services, random, store};

/// How long a lock outlives a process that died.
const HELD_FOR: TimeDelta = TimeDelta::seconds(30);
/// A third of that, so that one renewal may fail.
const RENEW_EVERY: Duration = Duration::from_secs(10);
const ASK_AGAIN: Duration = Duration::from_millis(100);
/// How long a person waits for somebody else's work: that of two slow calls to Meta.
const A_WHILE: Duration = Duration::from_secs(60);
/// More than anybody's work can take.
const LONG: Duration = Duration::from_secs(600);

/// Whether to wait for whoever works on it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// For a while; the first one's result is this one's too.
    Some,
    /// As long as it takes: what is in hand would be lost.
    Long,
    /// Not at all: a worker has other things to do, and comes back.
    None,
}

impl Patience {
    const fn at_most(self) -> Duration {
        match self {
            Self::Some => A_WHILE,
            Self::Long => LONG,
            Self::None => Duration::ZERO,
        }
    }
}

impl From<&Actor> for Patience {
    fn from(actor: &Actor) -> Self {
        if actor.is_on_plan() { Self::None } else { Self::Some }
    }
}

/// Runs `work` while no other process works on the same token. Whoever waited
/// must read the token again.
///
/// # Errors
/// What `work` returns, [`Error::AtWork`], or a failing database.
pub(super) async fn on_token<T: Send + 'static>(
    s: &Services,
    platform: Platform,
    user_id: &AppScopedId,
    patience: Patience,
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    on(s, format!("token:{platform}:{user_id}"), patience, work).await
}

/// Runs `work` while nobody else runs work under the same name. Whoever waited
/// must read again.
///
/// # Errors
/// What `work` returns, [`Error::AtWork`], or a failing database.
pub(super) async fn on<T: Send + 'static>(
    s: &Services,
    name: String,
    patience: Patience,
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    // Boxed: the whole way to Meta and back would not fit a small stack.
    let (services, work) = (s.clone(), work.boxed());
    s.detached
        .run(async move {
            let held = Held::acquire(services, name, patience).await?;
            let result = held.during(work).await;
            held.release().await;
            result
        })
        .await
}

/// A lock of ours. Dropped in a panic, it is given back as well.
struct Held {
    s: Services,
    name: String,
    holder: String,
    released: bool,
}

impl Held {
    async fn acquire(s: Services, name: String, patience: Patience) -> Result<Self, Error> {
        let holder = random::new_id().to_string();
        let give_up_at = tokio::time::Instant::now() + patience.at_most();
        loop {
            let now = s.wall.now();
            // Looking costs writers nothing; whoever waits looks often.
            if store::lock::is_free(s.db.reader(), &name, now).await?
                && store::lock::try_acquire(&s.db, &name, &holder, now, now + HELD_FOR).await?
            {
                return Ok(Self { s, name, holder, released: false });
            }
            if tokio::time::Instant::now() >= give_up_at {
                return Err(Error::AtWork);
            }
            tokio::time::sleep(ASK_AGAIN.mul_f64(random::jitter())).await;
        }
    }

    /// Runs `work`, and renews the lock beside it.
    async fn during<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        tokio::select! {
            biased;
            result = &mut work => result,
            never = self.renew() => match never {},
        }
    }

    async fn renew(&self) -> Infallible {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            let now = self.s.wall.now();
            match store::lock::renew(&self.s.db, &self.name, &self.holder, now + HELD_FOR).await {
                Ok(true) => {}
                // The work goes on: it may hold a string that Meta has just handed out.
                Ok(false) => tracing::warn!(lock = self.name, "a lock was lost to somebody else"),
                Err(error) => {
                    tracing::warn!(
                        lock = self.name,
                        error = &error as &dyn std::error::Error,
                        "a lock was not renewed"
                    );
                }
            }
        }
    }

    /// What the work did is done, whether or not this works.
    async fn release(mut self) {
        self.released = true;
        give_back(&self.s, &self.name, &self.holder).await;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.released {
            let (s, name, holder) = (self.s.clone(), std::mem::take(&mut self.name), std::mem::take(&mut self.holder));
            self.s.detached.begin(async move { give_back(&s, &name, &holder).await });
        }
    }
}

async fn give_back(s: &Services, name: &str, holder: &str) {
    if let Err(error) = store::lock::release(&s.db, name, holder).await {
        tracing::warn!(
            lock = name,
            error = &error as &dyn std::error::Error,
            "a lock was not given back; it ends by itself"
        );
    }
}
