//! `pilotlight worker`: the jobs, without the site.

use backend::config::Config;

use super::{say, stop_signal};
use crate::{sandbox_clock, wiring};

/// Works until asked to stop.
pub async fn run() -> anyhow::Result<()> {
    let config = Config::load(&[])?;
    let clock = match &config.sandbox {
        Some(sandbox) => sandbox_clock::remote(sandbox.control_url())?,
        None => wiring::clock(None),
    };
    let services = wiring::services(&config, clock).await?;
    say("The worker looks after the tokens; stop it with Ctrl-C.")?;
    wiring::work(services.clone(), stop_signal()).await?;
    wiring::settle(&services).await;
    Ok(())
}
