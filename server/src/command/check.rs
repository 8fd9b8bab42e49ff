//! `pilotlight check`: what works, what does not, and what to do.

use anyhow::bail;
use backend::config::Config;
use backend::seal::KeyRing;
use backend::service::health;

use super::say;
use crate::wiring;

/// Tests configuration, keys and database.
pub async fn run() -> anyhow::Result<()> {
    let config = match Config::load(&[]) {
        Ok(config) => config,
        Err(error) => bail!("configuration: {error}"),
    };
    say("ok    configuration")?;
    for warning in &config.warnings {
        say(&format!("note  {warning}"))?;
    }
    KeyRing::parse(&config.secret_key)?;
    say("ok    keys")?;
    let services = wiring::services(&config, wiring::clock(None)).await?;
    health::ready(&services).await?;
    say("ok    database takes reads and writes")?;
    for (name, app) in [("Instagram", &config.instagram), ("Facebook", &config.facebook)] {
        match app {
            Some(app) => say(&format!("ok    {name} app; register this redirect URI with Meta: {}", app.redirect_uri))?,
            None => say(&format!("note  no {name} app: nobody can sign in with {name}"))?,
        }
    }
    Ok(())
}
