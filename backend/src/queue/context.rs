//! What the queue needs of whatever the jobs get.

use super::Wake;
use crate::clock::Clock;
use crate::store::Db;

/// What jobs run with. The queue itself needs only these four of it.
pub trait Context: Clone + Send + Sync + 'static {
    /// The database that holds the queue.
    fn db(&self) -> &Db;
    /// Decides what is due.
    fn clock(&self) -> &dyn Clock;
    /// Decides which leases are over.
    fn wall(&self) -> &dyn Clock;
    /// Wakes the worker.
    fn wake(&self) -> &Wake;
}
