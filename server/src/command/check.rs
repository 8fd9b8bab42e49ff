//! `pilotlight check`: what works, what does not, and what to do.

use anyhow::bail;
use backend::config::Config;
use backend::mail::Carrier;
use backend::seal::KeyRing;
use backend::service::health;

use super::say;
use crate::wiring;

/// Tests configuration, keys, database and mail.
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
    match (&config.mail.carrier, services.mailer.test().await) {
        (Carrier::Folder(folder), _) => {
            say(&format!("note  no mail server: mails are laid into {}", folder.display()))?
        }
        (Carrier::Smtp(_), Ok(())) => say(&format!("ok    the mail server takes mails from {}", config.mail.from))?,
        (Carrier::Smtp(_), Err(error)) => bail!("mail: {error}; look at PILOTLIGHT_SMTP_URL"),
    }
    Ok(())
}
