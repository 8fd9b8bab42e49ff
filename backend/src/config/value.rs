//! The forms of single values.

use std::net::{IpAddr, SocketAddr};

use domain::platform::Platform;
use ipnet::IpNet;
use secrecy::SecretString;
use url::Url;

use super::error::{ConfigError, invalid};

/// Two values of which neither makes sense alone.
pub(super) fn pair(
    variable: &'static str,
    id: &Option<String>,
    secret: &Option<String>,
) -> Result<Option<(String, SecretString)>, ConfigError> {
    match (id, secret) {
        (Some(id), Some(secret)) => Ok(Some((id.clone(), secret.clone().into()))),
        (None, None) => Ok(None),
        _ => Err(invalid(variable, "client id and client secret belong together: set both, or neither")),
    }
}

/// An address; where nothing is said, the default.
pub(super) fn url_or(variable: &'static str, value: &Option<String>, default: Url) -> Result<Url, ConfigError> {
    match value {
        Some(text) => text.parse().map_err(|_| invalid(variable, "this is no address; it starts with https://")),
        None => Ok(default),
    }
}

/// The public origin; where nothing is said, the address to listen on.
pub(super) fn origin(text: Option<&str>, listen: SocketAddr) -> Result<Url, ConfigError> {
    let text = text.map_or_else(|| format!("http://{listen}"), str::to_owned);
    let url: Url = text.parse().map_err(|_| {
        invalid("PILOTLIGHT_BASE_URL", "this is no address; write it as https://pilotlight.example.com")
    })?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || url.path() != "/" {
        return Err(invalid("PILOTLIGHT_BASE_URL", "an origin without a path: https://pilotlight.example.com"));
    }
    Ok(url)
}

/// Addresses and networks, separated by commas.
pub(super) fn proxies(text: &str) -> Result<Vec<IpNet>, ConfigError> {
    let network = |text: &str| {
        let address = text.parse::<IpAddr>().map(IpNet::from);
        address.or_else(|_| text.parse::<IpNet>()).map_err(|_| {
            invalid(
                "PILOTLIGHT_TRUSTED_PROXIES",
                "write addresses or networks, several separated by commas: 127.0.0.1, 10.0.0.0/8",
            )
        })
    };
    text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(network).collect()
}

/// Whether an address names this machine.
pub(super) fn is_loopback_host(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        // Of a scheme that is none of the web's, an address counts as a name.
        Some(url::Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}

/// Where Meta sends people back to.
pub(super) fn redirect_uri(base_url: &Url, platform: Platform) -> Result<Url, ConfigError> {
    base_url
        .join(&format!("auth/{platform}/callback"))
        .map_err(|_| invalid("PILOTLIGHT_BASE_URL", "write it as https://pilotlight.example.com"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_addresses_and_networks() {
        let texts = |text: &str| proxies(text).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            texts(" 127.0.0.1, 10.0.0.0/8 ,,fd00::/8,::1"),
            ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8", "::1/128"]
        );
        for wrong in ["nginx", "10.0.0.0/33", "10.0.0.1:80", "*"] {
            assert!(proxies(wrong).is_err(), "{wrong}");
        }
    }
}
