//! From configuration to running parts.

use std::sync::Arc;

use backend::clock::{Clock, SystemClock};
use backend::config::Config;
use backend::meta::Meta;
use backend::queue::Wake;
use backend::seal::{KeyRing, Passwords};
use backend::{Services, job, store};
use sandbox::Sandbox;
use secrecy::ExposeSecret;
use tokio::sync::watch;

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
    let db = store::connect(config.database_url.expose_secret()).await?;
    db.migrate().await?;
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

/// Works on the jobs until told to stop.
///
/// # Errors
/// When the database fails at the start; later failures are logged and tried again.
pub async fn work(services: Services, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    job::begin(&services).await?;
    let stopped = async move {
        let _stopped = stop.changed().await;
    };
    job::worker(services, CONCURRENCY).run(stopped).await;
    Ok(())
}
