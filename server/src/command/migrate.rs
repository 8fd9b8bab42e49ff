//! `pilotlight migrate`: the schema, as a step of its own.

use backend::config::Config;
use backend::store;

use secrecy::ExposeSecret;

use super::say;

/// Brings the schema up to date.
pub async fn run() -> anyhow::Result<()> {
    let config = Config::load(&[])?;
    store::connect(config.database_url.expose_secret()).await?.migrate().await?;
    say("The database's schema is up to date.")
}
