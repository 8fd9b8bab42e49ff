//! `pilotlight serve`: the site, with a worker unless told otherwise.

use anyhow::Context;
use backend::Services;
use backend::config::Config;
use backend::service::views;
use tokio::net::TcpListener;

use super::{sandbox, say, stop_signal};
use crate::http::{State, router};
use crate::{listen, wiring};

/// Serves until asked to stop.
pub async fn run(listen: Option<String>, with_worker: bool) -> anyhow::Result<()> {
    let overrides: Vec<(&str, String)> = listen.into_iter().map(|value| ("listen", value)).collect();
    let config = Config::load(&overrides)?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let stop = stop_signal();
    let sandbox = match &config.sandbox {
        Some(settings) => Some(sandbox::start(settings, &config, stop.clone()).await?),
        None => None,
    };
    let demo = sandbox.clone().map(wiring::demo);
    let services = Services { demo, ..wiring::services(&config, wiring::clock(sandbox)).await? };
    wiring::keep_in_touch(&services);
    let worker = with_worker.then(|| tokio::spawn(wiring::work(services.clone(), stop.clone())));
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}; is another Pilotlight running?", config.listen))?;
    greet(&config)?;
    let state = State::new(services.clone(), &config, stop.clone())?;
    let mut stop = stop;
    let stopped = async move {
        let _stopped = stop.changed().await;
    };
    listen::serve(listener, router(state), listen::PATIENCE, stopped).await;
    views::write(&services).await?;
    if let Some(worker) = worker {
        worker.await??;
    }
    wiring::settle(&services).await;
    Ok(())
}

/// What to open, and who lives in the sandbox.
fn greet(config: &Config) -> anyhow::Result<()> {
    say(&format!("Pilotlight is lit: open {}", config.base_url))?;
    if let Some(sandbox) = &config.sandbox {
        say("\nThe sandbox plays Meta: no account, key or app is needed.")?;
        say("Sign in as @paul, @best.of.instagram, @seoul.bakery, @quiet.start or @mallory.tables with Instagram,")?;
        say("or as Fiona Field (two Pages, two Instagram accounts) with Facebook.")?;
        say(&format!("Let tokens die and time pass at {}/sandbox", sandbox.control_url()))?;
        say(&format!("Read the mails that people get at {}/sandbox/mail", sandbox.control_url()))?;
    }
    Ok(())
}
