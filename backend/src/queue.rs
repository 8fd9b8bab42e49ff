//! The job queue: a table in the same database, so that a change and the job
//! it causes are committed together.
//!
//! - [`enqueue`] and [`reschedule`] belong into the transaction of the change
//!   that causes the job; [`Wake`] afterwards saves the wait for the next poll.
//! - A job runs *at least* once, so it must be idempotent: its worker may die
//!   after the work and before writing that down.
//! - Of one kind and dedupe key at most one job waits or runs. A key that is
//!   enqueued while it runs, runs once more afterwards.
//! - When a job is due is compared with the token's clock, how long its lease
//!   holds with the wall clock.

mod claim;
mod context;
mod enqueue;
mod finish;
mod job;
mod registry;
mod standing;
#[cfg(test)]
mod tests;
mod wake;
mod worker;

pub use context::Context;
pub use job::{Job, JobError};
pub use registry::Registry;
pub use wake::Wake;
pub use worker::{Slots, Worker};

pub(crate) use enqueue::{enqueue, reschedule};
pub(crate) use standing::{Standing, standing};
