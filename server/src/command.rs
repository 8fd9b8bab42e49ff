//! One file per command.

pub mod check;
pub mod keys;
pub mod migrate;
pub mod person;
pub mod sandbox;
pub mod serve;
pub mod worker;

use std::io::Write;

use tokio::sync::watch;

/// Says something to the person at the terminal; logs go to standard error.
fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}

/// Turns true when the process is asked to stop (Ctrl-C, or SIGTERM).
fn stop_signal() -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        let _nobody_listens = sender.send(true);
    });
    receiver
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    drop(tokio::signal::ctrl_c().await);
}
