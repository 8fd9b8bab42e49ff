//! What every use case needs, wired once by the server.

use std::sync::Arc;

use crate::clock::Clock;
use crate::demo::Demo;
use crate::detached::Detached;
use crate::mail::{Mailer, Writer};
use crate::media::Pictures;
use crate::meta::Meta;
use crate::pulse::Pulse;
use crate::queue::{Context, Wake};
use crate::seal::{KeyRing, Passwords};
use crate::store::Db;
use crate::views::Views;

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
    /// Copies, keeps and hands out pictures.
    pub pictures: Pictures,
    /// Puts mails into words.
    pub writer: Writer,
    /// Hands mails over.
    pub mailer: Mailer,
    /// Tells all processes what changed.
    pub pulse: Pulse,
    /// Runs what must not end with a request.
    pub detached: Detached,
    /// Counts how often widgets are loaded.
    pub views: Views,
    /// The sandbox's demo account, where the sandbox runs.
    pub demo: Option<Demo>,
    /// The public origin of this installation, without a closing slash.
    pub origin: Arc<str>,
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
