//! The browser that asks, and from where.

use std::net::{IpAddr, Ipv6Addr};

use domain::id::SessionId;
use domain::language::Language;

/// What a browser calls itself is kept up to this length.
const DEVICE_CHARS: usize = 200;

/// What is known of whoever asks, signed in or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// What the browser calls itself.
    pub(super) device: String,
    /// Where it is.
    pub(super) network: Network,
    /// The session it has had so far: it ends when another one begins.
    pub(super) session: Option<SessionId>,
    /// What it is answered in.
    pub(super) language: Language,
}

impl Client {
    /// Shortens what the browser calls itself.
    pub fn new(device: &str, network: Network, session: Option<SessionId>, language: Language) -> Self {
        let device = device.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect();
        Self { device, network, session, language }
    }
}

/// What one household or office has: an IPv4 address, or the 64 bits of an IPv6
/// address that a provider gives to one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network(String);

impl Network {
    /// Whoever cannot be told apart.
    pub fn unknown() -> Self {
        Self("unknown".to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_string()),
            IpAddr::V6(address) => Self(format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_network_however_its_address_is_written() {
        let network = |text: &str| Network::from(text.parse::<IpAddr>().unwrap()).0;
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2:ffff:ffff:ffff:ffff"), "2001:db8:1:2::/64");
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }

    #[test]
    fn a_device_is_short_and_in_one_line() {
        let client = Client::new(&format!("a\r\nb{}", "c".repeat(900)), Network::unknown(), None, Language::En);
        assert!(client.device.starts_with("abc") && client.device.len() == DEVICE_CHARS);
    }
}
