//! The kinds of job that this program knows.

use std::fmt;
use std::future::ready;

use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::prelude::Json;

use super::{Context, Job, JobError};

type Run<C> = Box<dyn Fn(Json, C) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// One kind of job, as the worker sees it.
pub(super) struct Kind<C> {
    pub name: &'static str,
    pub max_attempts: u32,
    pub run: Run<C>,
    priority: i32,
}

impl<C> Kind<C> {
    /// Whether some of the worker's slots are kept for it.
    pub const fn is_urgent(&self) -> bool {
        self.priority > 0
    }
}

/// The kinds a worker claims. Jobs of other kinds stay in the queue, for a
/// newer or older version of the program.
pub struct Registry<C> {
    /// Highest priority first.
    kinds: Vec<Kind<C>>,
}

impl<C: Context> Registry<C> {
    /// Knows nothing yet.
    pub const fn new() -> Self {
        Self { kinds: Vec::new() }
    }

    /// Adds a kind of job and who does it. It may be done again after it succeeded.
    #[must_use]
    pub fn with<J: Job, F>(mut self, work: impl Fn(C, J) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let run: Run<C> = Box::new(move |payload, context| match serde_json::from_value(payload) {
            Ok(job) => work(context, job).boxed(),
            Err(error) => ready(Err(JobError::fail(format!("the payload cannot be read: {error}")))).boxed(),
        });
        self.kinds.push(Kind { name: J::KIND, max_attempts: J::MAX_ATTEMPTS, run, priority: J::PRIORITY });
        self.kinds.sort_by_key(|kind| std::cmp::Reverse(kind.priority));
        self
    }

    /// The kinds, highest priority first.
    pub(super) fn kinds(&self) -> &[Kind<C>] {
        &self.kinds
    }

    pub(super) fn kind(&self, name: &str) -> Option<&Kind<C>> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}

impl<C: Context> Default for Registry<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for Registry<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.kinds.iter().map(|kind| kind.name)).finish()
    }
}
