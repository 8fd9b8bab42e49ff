//! From configuration to running parts.

use std::sync::Arc;
use std::time::Duration;

use backend::clock::{Clock, SystemClock};
use backend::config::Config;
use backend::demo::Demo;
use backend::detached::Detached;
use backend::mail::Mailer;
use backend::media::Pictures;
use backend::meta::Meta;
use backend::pulse::Pulse;
use backend::queue::Wake;
use backend::seal::{KeyRing, Passwords};
use backend::service::views;
use backend::views::Views;
use backend::{Services, job, store};
use sandbox::Sandbox;
use secrecy::ExposeSecret;
use tokio::sync::watch;

use crate::sandbox_clock::Inside;

/// Whose posts a stranger sees in the sandbox's preview.
const DEMO_ACCOUNT: &str = "best.of.instagram";
/// As long as running jobs get: two slow calls to Meta.
const SETTLE_AT_MOST: Duration = Duration::from_secs(70);
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
        pictures: Pictures::open(&config.media)?,
        writer: app::write_mail,
        mailer: Mailer::open(&config.mail)?,
        pulse: Pulse::default(),
        detached: Detached::default(),
        views: Views::default(),
        demo: None,
        origin: config.base_url.as_str().trim_end_matches('/').into(),
    })
}

/// The sandbox's demo account, for people who have not signed in.
pub fn demo(sandbox: Sandbox) -> Demo {
    Demo::new(Arc::new(move || {
        let token = sandbox.dashboard_token(DEMO_ACCOUNT);
        Box::pin(async move { token.map(Into::into) })
    }))
}

/// What a process that answers visitors does beside that: it hears what other
/// processes change, and writes down how often widgets are loaded.
pub fn keep_in_touch(services: &Services) {
    let pulse = services.pulse.clone();
    let (db, wall) = (services.db.clone(), Arc::clone(&services.wall));
    tokio::spawn(async move { pulse.follow(db, wall).await });
    tokio::spawn(views::keep_writing(services.clone()));
}

/// Lets what outlives its requests come to its end, before the process does.
pub async fn settle(services: &Services) {
    if tokio::time::timeout(SETTLE_AT_MOST, services.detached.settled()).await.is_err() {
        tracing::warn!("the process ends while requests are still being worked on");
    }
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
