//! The product's clock while the sandbox is Meta, so that a person can watch
//! sixty days pass in a minute.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use backend::clock::{Clock, SystemClock, to_micros};
use chrono::{DateTime, TimeDelta, Utc};
use sandbox::Sandbox;
use serde::Deserialize;

const ASK_EVERY: Duration = Duration::from_secs(1);

/// The clock of a sandbox in this process.
#[derive(Clone)]
pub struct Inside(pub Sandbox);

impl std::fmt::Debug for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the sandbox's clock")
    }
}

impl Clock for Inside {
    fn now(&self) -> DateTime<Utc> {
        to_micros(self.0.now())
    }
}

/// The clock of a sandbox in another process, asked every second.
#[derive(Debug)]
struct Remote {
    offset_seconds: AtomicI64,
}

impl Clock for Remote {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::seconds(self.offset_seconds.load(Ordering::Relaxed))
    }
}

#[derive(Deserialize)]
struct Answer {
    offset_seconds: i64,
}

/// Follows the clock of the sandbox whose control API is at `control_url`.
///
/// # Errors
/// When no HTTP client can be built.
pub fn remote(control_url: String) -> anyhow::Result<Arc<dyn Clock>> {
    let client = reqwest::Client::builder().timeout(ASK_EVERY * 5).build()?;
    let clock = Arc::new(Remote { offset_seconds: AtomicI64::new(0) });
    let followed = Arc::clone(&clock);
    tokio::spawn(async move {
        loop {
            match ask(&client, &control_url).await {
                Ok(answer) => followed.offset_seconds.store(answer.offset_seconds, Ordering::Relaxed),
                Err(error) => tracing::debug!("the sandbox does not tell its time: {}", error.without_url()),
            }
            tokio::time::sleep(ASK_EVERY).await;
        }
    });
    Ok(clock)
}

async fn ask(client: &reqwest::Client, control_url: &str) -> reqwest::Result<Answer> {
    client.get(format!("{control_url}/control/clock")).send().await?.error_for_status()?.json().await
}
