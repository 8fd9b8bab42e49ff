//! `pilotlight keys`: making and rotating the keys that seal tokens.

use backend::config::Config;
use backend::seal::KeyRing;
use backend::service::keys;
use secrecy::ExposeSecret;

use super::say;
use crate::wiring;

/// Prints a new key: the one place where a key is shown, because somebody asked for it.
pub fn new() -> anyhow::Result<()> {
    say(KeyRing::new_key().expose_secret())
}

/// Seals every token again with the newest key.
pub async fn rotate() -> anyhow::Result<()> {
    let config = Config::load(&[])?;
    let services = wiring::services(&config, wiring::clock(None)).await?;
    let sealed_again = keys::rotate(&services).await?;
    say(&format!(
        "{sealed_again} tokens were sealed again with the newest key. The older keys can be taken out of PILOTLIGHT_SECRET_KEY."
    ))
}
