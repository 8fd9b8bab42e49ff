//! What every use case needs, wired once by the server.

use std::sync::Arc;

use crate::clock::Clock;
use crate::meta::Meta;
use crate::queue::Wake;
use crate::seal::{KeyRing, Passwords};
use crate::store::Db;

/// The doors to the outside. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub db: Db,
    /// Meta's clients.
    pub meta: Meta,
    /// Opens and seals tokens.
    pub keys: Arc<KeyRing>,
    /// Hashes passwords, a few at a time.
    pub passwords: Passwords,
    /// The token's time: Meta's.
    pub clock: Arc<dyn Clock>,
    /// Real time: sessions, flows, limits, locks.
    pub wall: Arc<dyn Clock>,
    /// Wakes the worker of this process.
    pub wake: Wake,
}
