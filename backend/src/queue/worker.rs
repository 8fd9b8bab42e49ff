//! Claims what is due and runs it.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::MissedTickBehavior;

use super::claim::{Claimed, Room, claim};
use super::finish::{Ending, extend, finish, purge, release};
use super::registry::Kind;
use super::{Context, JobError, Registry};
use crate::random;
use crate::store::Error;

/// How often to look for work, give or take a tenth.
const POLL: Duration = Duration::from_secs(1);
/// A third of the lease, so that one may be late.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long running jobs may take to end when the process ends: two calls to
/// Meta of 30 s, or a string that Meta has just returned would be lost.
const GRACE: Duration = Duration::from_secs(70);
const PURGE_EVERY: Duration = Duration::from_secs(3600);
/// How long finished jobs can be looked at.
const KEEP: TimeDelta = TimeDelta::days(7);
/// The pause after the first failure; it doubles with each further one.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(10);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// How long a job waits that found somebody else at work, give or take a tenth.
const BLOCKED_PAUSE: TimeDelta = TimeDelta::seconds(5);

/// How many jobs run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    /// In all.
    pub all: usize,
    /// Of these, so many take urgent kinds alone: a crowd of others does not
    /// keep those waiting.
    pub urgent: usize,
}

/// Runs jobs, at most so many at once.
#[derive(Debug)]
pub struct Worker<C> {
    context: C,
    registry: Arc<Registry<C>>,
    slots: Slots,
    grace: Duration,
}

/// The jobs that run right now.
#[derive(Default)]
struct Running {
    tasks: JoinSet<Result<(), JobError>>,
    jobs: HashMap<Id, Claimed>,
}

impl<C: Context> Worker<C> {
    /// A worker for these kinds of job.
    pub fn new(context: C, registry: Registry<C>, slots: Slots) -> Self {
        let slots = Slots { all: slots.all.max(1), ..slots };
        Self { context, registry: Arc::new(registry), slots, grace: GRACE }
    }

    #[cfg(test)]
    pub(super) fn with_grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Works until `shutdown` is ready. Then claims nothing more, lets what runs
    /// end for as long as `GRACE` allows, and hands the rest back to the queue.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = pin!(shutdown);
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut purging = tokio::time::interval(PURGE_EVERY);
        let mut running = Running::default();
        loop {
            if let Err(error) = self.start_due(&mut running).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "could not claim jobs; trying again");
            }
            let free = self.slots.all > running.jobs.len();
            tokio::select! {
                () = &mut shutdown => break,
                Some(ended) = running.tasks.join_next_with_id() => self.settle(&mut running, ended).await,
                _ = heartbeat.tick() => self.hold(&running).await,
                _ = purging.tick() => self.purge().await,
                () = self.context.wake().woken(), if free => {}
                () = tokio::time::sleep(POLL.mul_f64(random::jitter())) => {}
            }
        }
        self.wind_down(running).await;
    }

    /// Runs everything that is due, until nothing is. For tests and commands
    /// that end. Returns how many runs there were.
    ///
    /// # Errors
    /// The queue cannot be read.
    pub async fn drain(&self) -> Result<usize, Error> {
        let mut runs = 0;
        let mut running = Running::default();
        loop {
            runs += self.start_due(&mut running).await?;
            let Some(ended) = running.tasks.join_next_with_id().await else {
                return Ok(runs);
            };
            self.settle(&mut running, ended).await;
        }
    }

    /// What can be taken beside what runs.
    fn room(&self, running: &Running) -> Room {
        let kinds = self.registry.kinds();
        let urgent = |name| self.registry.kind(name).is_some_and(Kind::is_urgent);
        let others = running.jobs.values().filter(|job| !urgent(job.kind)).count();
        Room {
            kinds: kinds.iter().map(|kind| (kind.name, kind.is_urgent())).collect(),
            free: self.slots.all.saturating_sub(running.jobs.len()),
            free_for_others: self.slots.all.saturating_sub(self.slots.urgent).saturating_sub(others),
        }
    }

    /// Claims what there is room for, and starts it.
    async fn start_due(&self, running: &mut Running) -> Result<usize, Error> {
        let context = &self.context;
        let room = self.room(running);
        if room.free == 0 {
            return Ok(0);
        }
        let claimed = claim(context.db(), room, context.clock().now(), context.wall().now()).await?;
        let count = claimed.len();
        for job in claimed {
            let registry = Arc::clone(&self.registry);
            let context = self.context.clone();
            let (name, payload, attempts) = (job.kind, job.payload.clone(), job.attempts);
            let task = running.tasks.spawn(async move {
                let kind = registry.kind(name).ok_or_else(|| JobError::retry("the kind is unknown"))?;
                if attempts > kind.max_attempts {
                    return Err(JobError::fail("its workers died while they ran it"));
                }
                (kind.run)(payload, context).await
            });
            running.jobs.insert(task.id(), job);
        }
        Ok(count)
    }

    /// Writes down how a run ended.
    async fn settle(&self, running: &mut Running, ended: Result<(Id, Result<(), JobError>), JoinError>) {
        let (id, result) = match ended {
            Ok(ended) => ended,
            // The panic's text is in the log already.
            Err(error) => (error.id(), Err(JobError::retry("the job panicked"))),
        };
        let Some(job) = running.jobs.remove(&id) else { return };
        let ending = self.judge(&job, result);
        match finish(self.context.db(), &job, ending, self.context.wall().now()).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(kind = job.kind, job = %job.id, "a job took so long that its lease was lost"),
            Err(error) => tracing::warn!(
                kind = job.kind,
                job = %job.id,
                error = &error as &dyn std::error::Error,
                "could not write down how a job ended; it will run again"
            ),
        }
    }

    fn judge(&self, job: &Claimed, result: Result<(), JobError>) -> Ending {
        let (why, after) = match result {
            Ok(()) => return Ending::Done,
            Err(JobError::Fail { why }) => {
                tracing::error!(kind = job.kind, job = %job.id, why, "a job failed");
                return Ending::Dead { why };
            }
            Err(JobError::Blocked) => {
                return Ending::Blocked { at: self.context.clock().now() + jittered(BLOCKED_PAUSE, random::jitter()) };
            }
            Err(JobError::Retry { why, after }) => (why, after),
        };
        let attempts_left = self.registry.kind(job.kind).is_some_and(|kind| job.attempts < kind.max_attempts);
        if !attempts_left {
            tracing::error!(kind = job.kind, job = %job.id, attempts = job.attempts, why, "a job was given up");
            return Ending::Dead { why };
        }
        tracing::warn!(kind = job.kind, job = %job.id, attempts = job.attempts, why, "a job is tried again later");
        let pause = pause_after(job.attempts, random::jitter()).max(after.unwrap_or_default());
        Ending::Retry { at: self.context.clock().now() + pause, why }
    }

    /// Signs of life for everything that runs.
    async fn hold(&self, running: &Running) {
        for job in running.jobs.values() {
            match extend(self.context.db(), job, self.context.wall().now()).await {
                Ok(true) => {}
                // It runs on: it may hold a new token that is not saved yet.
                Ok(false) => tracing::warn!(kind = job.kind, job = %job.id, "the lease of a running job was lost"),
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "could not extend a lease");
                }
            }
        }
    }

    async fn purge(&self) {
        if let Err(error) = purge(self.context.db(), self.context.wall().now() - KEEP).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "could not delete old jobs");
        }
    }

    async fn wind_down(&self, mut running: Running) {
        let mut grace = pin!(tokio::time::sleep(self.grace));
        // Longer than a lease: nobody shall take over what still runs here.
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        loop {
            tokio::select! {
                _ = heartbeat.tick() => self.hold(&running).await,
                ended = running.tasks.join_next_with_id() => match ended {
                    Some(ended) => self.settle(&mut running, ended).await,
                    None => return,
                },
                () = &mut grace => break,
            }
        }
        running.tasks.shutdown().await;
        for job in running.jobs.values() {
            if let Err(error) = release(self.context.db(), job).await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "could not hand a job back; its lease will end"
                );
            }
        }
    }
}

/// The pause after so many failed attempts: doubling, capped, and jittered.
pub(super) fn pause_after(attempts: u32, jitter: f64) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).min(16);
    jittered((FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE), jitter)
}

fn jittered(pause: TimeDelta, jitter: f64) -> TimeDelta {
    let millis = pause.num_milliseconds() as f64 * jitter;
    TimeDelta::milliseconds(millis as i64)
}
