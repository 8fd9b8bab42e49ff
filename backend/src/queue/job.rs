//! What a job is.

use chrono::TimeDelta;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store;

/// One kind of work. The value is the payload, kept as JSON: it names things
/// by their ids and holds no secret. Who does it is the registry's business.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of the kind in the database. It never changes.
    const KIND: &'static str;
    /// After so many attempts the job is given up.
    const MAX_ATTEMPTS: u32;
    /// Kinds with a higher one are claimed first. Above zero, the kind is
    /// urgent: some slots of each worker take nothing else.
    const PRIORITY: i32;

    /// Jobs of this kind with the same key are the same work.
    fn dedupe_key(&self) -> String;
}

/// Why a job did not do its work. The reason goes to the log and the database:
/// no tokens, secrets or signed URLs in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Trying again may help.
    #[error("{why}")]
    Retry {
        /// What happened.
        why: String,
        /// No earlier than this, as Meta asked for. The queue's own pause may be longer.
        after: Option<TimeDelta>,
    },
    /// Somebody else is at work on the same thing. Put back for a moment; the
    /// attempt does not count.
    #[error("somebody else is at work on it")]
    Blocked,
    /// Trying again does not help.
    #[error("{why}")]
    Fail {
        /// What happened.
        why: String,
    },
}

impl JobError {
    /// Trying again may help, after the queue's own pause.
    pub fn retry(why: impl ToString) -> Self {
        Self::Retry { why: why.to_string(), after: None }
    }

    /// Trying again does not help.
    pub fn fail(why: impl ToString) -> Self {
        Self::Fail { why: why.to_string() }
    }
}

impl From<store::Error> for JobError {
    fn from(error: store::Error) -> Self {
        Self::retry(error)
    }
}
