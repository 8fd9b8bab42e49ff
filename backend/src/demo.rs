//! The way to the sandbox's demo account. What is done with it: `service::preview`.

use std::fmt;
use std::sync::Arc;

use domain::Moment;
use domain::id::AccountId;
use futures::future::BoxFuture;
use secrecy::SecretString;
use tokio::sync::Mutex;

/// Asks for an access token of the demo account; `None` when there is none to be had.
pub type TokenSource = Arc<dyn Fn() -> BoxFuture<'static, Option<SecretString>> + Send + Sync>;

/// The way to the demo account. Cheap to clone.
#[derive(Clone)]
pub struct Demo {
    pub(crate) source: TokenSource,
    /// Held while it is connected: strangers who come together connect it once.
    pub(crate) known: Arc<Mutex<Option<Known>>>,
}

/// The account, and when its posts were asked for.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub account: AccountId,
    pub asked_at: Moment,
}

impl Demo {
    /// With tokens from here.
    pub fn new(source: TokenSource) -> Self {
        Self { source, known: Arc::default() }
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Demo")
    }
}
