//! Clocks that stand still, and jobs that do as they are told.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{TimeDelta, TimeZone, Utc};
use domain::Moment;
use sea_orm::prelude::Json;
use sea_orm::{FromQueryResult, Statement};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::queue::claim::{Claimed, Room, claim};
use crate::queue::{self, Context, Job, JobError, Registry, Slots, Wake, Worker};
use crate::store::Db;

/// A clock that moves only when told to.
#[derive(Debug, Clone)]
pub struct Hands(Arc<Mutex<Moment>>);

impl Hands {
    pub fn forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for Hands {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap()
    }
}

/// Noon of some day.
pub fn noon() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

/// What the test jobs run with.
#[derive(Debug, Clone)]
pub struct Stage {
    pub db: Db,
    pub clock: Hands,
    pub wall: Hands,
    pub wake: Wake,
    /// The names of the jobs that began, in order.
    pub begun: Arc<Mutex<Vec<String>>>,
    /// How many run right now, and how many ran at once at most.
    pub now: Arc<AtomicUsize>,
    pub most: Arc<AtomicUsize>,
    /// What `Told::Wait` waits for.
    pub gate: Arc<Semaphore>,
}

impl Stage {
    pub fn new(db: &Db) -> Self {
        let hands = || Hands(Arc::new(Mutex::new(noon())));
        Self {
            db: db.clone(),
            clock: hands(),
            wall: hands(),
            wake: Wake::default(),
            begun: Arc::default(),
            now: Arc::default(),
            most: Arc::default(),
            gate: Arc::new(Semaphore::new(0)),
        }
    }

    pub fn worker(&self, concurrency: usize) -> Worker<Self> {
        self.worker_with(Slots { all: concurrency, urgent: 0 })
    }

    pub fn worker_with(&self, slots: Slots) -> Worker<Self> {
        let registry = Registry::new().with(do_later).with(do_act).with(do_crowd);
        Worker::new(self.clone(), registry, slots)
    }

    pub async fn enqueue<J: Job>(&self, job: &J, run_at: Moment) {
        let txn = self.db.begin_write().await.unwrap();
        queue::enqueue(&txn, job, run_at).await.unwrap();
        txn.commit().await.unwrap();
    }

    pub async fn reschedule<J: Job>(&self, job: &J, run_at: Moment) {
        let txn = self.db.begin_write().await.unwrap();
        queue::reschedule(&txn, job, run_at).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Claims as a worker would, without running anything.
    pub async fn claim(&self, free: usize) -> Vec<Claimed> {
        claim(
            &self.db,
            Room { kinds: vec![(Act::KIND, true)], free, free_for_others: 0 },
            self.clock.now(),
            self.wall.now(),
        )
        .await
        .unwrap()
    }

    pub async fn rows(&self) -> Vec<Row> {
        let sql =
            "SELECT kind, dedupe_key, payload, state, run_at, again_at, attempts, locked_by, last_error, finished_at
                   FROM job ORDER BY run_at, dedupe_key";
        let db = self.db.reader();
        Row::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await.unwrap()
    }

    /// The only row there is.
    pub async fn row(&self) -> Row {
        let mut rows = self.rows().await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    pub fn begun(&self) -> Vec<String> {
        self.begun.lock().unwrap().clone()
    }
}

/// A row of the queue.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Row {
    pub kind: String,
    pub dedupe_key: String,
    pub payload: Json,
    pub state: String,
    pub run_at: Moment,
    pub again_at: Option<Moment>,
    pub attempts: i32,
    pub locked_by: Option<String>,
    pub last_error: Option<String>,
    pub finished_at: Option<Moment>,
}

impl Context for Stage {
    fn db(&self) -> &Db {
        &self.db
    }
    fn clock(&self) -> &dyn Clock {
        &self.clock
    }
    fn wall(&self) -> &dyn Clock {
        &self.wall
    }
    fn wake(&self) -> &Wake {
        &self.wake
    }
}

/// What a job shall do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Told {
    Succeed,
    Wait,
    Retry { after_seconds: Option<i64> },
    Fail,
    Panic,
    RescheduleItself { to: Moment },
    FindSomebodyAtWork,
}

/// The usual test job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Act {
    pub name: String,
    pub told: Told,
}

pub fn act(name: impl ToString, told: Told) -> Act {
    Act { name: name.to_string(), told }
}

impl Job for Act {
    const KIND: &'static str = "act";
    const MAX_ATTEMPTS: u32 = 3;
    const PRIORITY: i32 = 10;

    fn dedupe_key(&self) -> String {
        self.name.clone()
    }
}

async fn do_act(stage: Stage, job: Act) -> Result<(), JobError> {
    stage.begun.lock().unwrap().push(job.name.clone());
    let now = stage.now.fetch_add(1, Ordering::SeqCst) + 1;
    stage.most.fetch_max(now, Ordering::SeqCst);
    if matches!(job.told, Told::Wait) {
        stage.gate.acquire().await.unwrap().forget();
    }
    stage.now.fetch_sub(1, Ordering::SeqCst);
    match &job.told {
        Told::Succeed | Told::Wait => Ok(()),
        Told::Retry { after_seconds } => {
            Err(JobError::Retry { why: "not now".into(), after: after_seconds.map(TimeDelta::seconds) })
        }
        Told::FindSomebodyAtWork => Err(JobError::Blocked),
        Told::Fail => Err(JobError::fail("never")),
        Told::Panic => panic!("as it was told"),
        Told::RescheduleItself { to } => {
            stage.reschedule(&job, *to).await;
            Ok(())
        }
    }
}

/// A job of lower priority.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Later;

impl Job for Later {
    const KIND: &'static str = "later";
    const MAX_ATTEMPTS: u32 = 1;
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        String::new()
    }
}

async fn do_later(stage: Stage, _: Later) -> Result<(), JobError> {
    stage.begun.lock().unwrap().push("later".into());
    Ok(())
}

/// One of many that are not urgent, and wait.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Crowd {
    pub name: String,
}

impl Job for Crowd {
    const KIND: &'static str = "crowd";
    const MAX_ATTEMPTS: u32 = 1;
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.name.clone()
    }
}

async fn do_crowd(stage: Stage, _: Crowd) -> Result<(), JobError> {
    stage.now.fetch_add(1, Ordering::SeqCst);
    stage.gate.acquire().await.unwrap().forget();
    stage.now.fetch_sub(1, Ordering::SeqCst);
    Ok(())
}

/// A job no worker here knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Foreign;

impl Job for Foreign {
    const KIND: &'static str = "foreign";
    const MAX_ATTEMPTS: u32 = 1;
    const PRIORITY: i32 = 99;

    fn dedupe_key(&self) -> String {
        String::new()
    }
}
