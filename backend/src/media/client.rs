//! What both HTTP clients for pictures share: no redirects, limits on time, and
//! no error that could hold an address.

use std::error::Error;
use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::redirect::Policy;

use super::error::MediaSetupError;

const TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// `local`: the other side is on this machine, so no proxy is used.
pub(super) fn builder(local: bool) -> ClientBuilder {
    crate::tls::install();
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Pilotlight/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        // Pictures are compressed already, and lengths shall stay what they are.
        .no_gzip()
        .timeout(TIMEOUT)
        .connect_timeout(CONNECT_TIMEOUT);
    if local { builder.no_proxy() } else { builder }
}

/// Builds it.
pub(super) fn build(builder: ClientBuilder) -> Result<reqwest::Client, MediaSetupError> {
    builder.build().map_err(|error| MediaSetupError::Client(reasons(&error.without_url())))
}

/// An error whose address was removed, and what it came from.
pub(super) fn reasons(error: &reqwest::Error) -> String {
    chain(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// An error and what it came from.
pub(super) fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(Some(error as &(dyn Error + 'static)), |error| (*error).source())
}
