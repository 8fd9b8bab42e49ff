//! From configuration to running parts.

use std::sync::Arc;

use backend::clock::{Clock, SystemClock};
use backend::config::Config;
use backend::meta::Meta;
use backend::queue::{Wake, Worker};
use backend::seal::{KeyRing, Passwords};
use backend::{Services, job, store};
use sandbox::Sandbox;

use crate::sandbox_clock::Inside;

/// Jobs that run at the same time in one process.
const CONCURRENCY: usize = 8;

/// The token's clock: the sandbox's while it is Meta, otherwise real time.
pub fn clock(sandbox: Option<Sandbox>) -> Arc<dyn Clock> {
    match sandbox {
        Some(sandbox) => Arc::new(Inside(sandbox)),
        None => Arc::new(SystemClock),
    }
}

/// Opens the database, brings it up to date, and builds everything that needs it.
///
/// # Errors
/// Says which part failed.
pub async fn services(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Services> {
    let db = store::connect(&config.database_url).await?;
    store::migrate(&db).await?;
    Ok(Services {
        db,
        meta: Meta::new(config.instagram.clone(), config.facebook.clone())?,
        keys: Arc::new(KeyRing::parse(&config.secret_key)?),
        passwords: Passwords::default(),
        clock,
        wall: Arc::new(SystemClock),
        wake: Wake::default(),
    })
}

/// The worker of this process.
pub fn worker(services: Services) -> Worker<Services> {
    job::worker(services, CONCURRENCY)
}
