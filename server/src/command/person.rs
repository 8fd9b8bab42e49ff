//! `pilotlight person`: what an operator can do for people.

use anyhow::bail;
use backend::config::Config;
use backend::service::Error;
use backend::service::people::staff;

use super::say;
use crate::wiring;

/// Makes somebody staff, or no longer.
pub async fn staff(email: &str, remove: bool) -> anyhow::Result<()> {
    let config = Config::load(&[])?;
    let services = wiring::services(&config, wiring::clock(None)).await?;
    match staff::set(&services, email, !remove).await {
        Ok(()) if remove => say("Done: this person is no longer staff."),
        Ok(()) => say("Done: this person is staff."),
        Err(Error::NotFound) => bail!(
            "nobody here logs in with this address, or it is not confirmed yet: let them open the link in the mail that \
             Settings sends"
        ),
        Err(error) => Err(error.into()),
    }
}
