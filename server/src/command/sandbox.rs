//! `pilotlight sandbox`: the imitation of Meta, alone or inside `serve`.

use anyhow::{Context, bail};
use backend::config::{Config, SandboxConfig};
use backend::mail::Carrier;
use sandbox::{AppCredentials, Sandbox, Settings};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{say, stop_signal};

/// Runs it until asked to stop.
pub async fn run() -> anyhow::Result<()> {
    let config = Config::load(&[])?;
    let Some(settings) = &config.sandbox else {
        bail!("PILOTLIGHT_SANDBOX is off, or a Meta app is configured; set PILOTLIGHT_SANDBOX=true");
    };
    let mut stop = stop_signal();
    start(settings, &config, stop.clone()).await?;
    say(&format!("The sandbox plays Meta at {}; steer it at {}/sandbox", settings.meta_url(), settings.control_url()))?;
    stop.changed().await?;
    Ok(())
}

/// Starts it beside something else.
pub async fn start(
    settings: &SandboxConfig,
    config: &Config,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<Sandbox> {
    let credentials = |(id, secret): (&str, &str)| AppCredentials::new(id, secret);
    let sandbox = Sandbox::open(Settings {
        state_file: Some(settings.state_file.clone()),
        instagram: credentials(SandboxConfig::INSTAGRAM_APP),
        facebook: credentials(SandboxConfig::FACEBOOK_APP),
        mail_folder: match &config.mail.carrier {
            Carrier::Folder(folder) => Some(folder.clone()),
            Carrier::Smtp(_) => None,
        },
        ..Settings::new(settings.meta_url(), config.base_url.as_str())
    })?;
    let listen = async |address| {
        TcpListener::bind(address)
            .await
            .with_context(|| format!("the sandbox cannot listen on {address}; is another Pilotlight running?"))
    };
    let (meta, control) = (listen(settings.meta).await?, listen(settings.control).await?);
    let running = sandbox.clone();
    tokio::spawn(async move {
        let stopped = async move {
            let _stopped = stop.changed().await;
        };
        if let Err(error) = ::sandbox::serve(running, meta, control, stopped).await {
            tracing::error!("the sandbox stopped: {error}");
        }
    });
    Ok(sandbox)
}
