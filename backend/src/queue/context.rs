//! What the queue needs of whatever the jobs get.

use crate::Services;
use crate::clock::Clock;
use crate::store::Db;

use super::Wake;

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

impl Context for Services {
    fn db(&self) -> &Db {
        &self.db
    }

    fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    fn wall(&self) -> &dyn Clock {
        &*self.wall
    }

    fn wake(&self) -> &Wake {
        &self.wake
    }
}
