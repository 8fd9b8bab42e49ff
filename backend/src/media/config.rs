//! Where pictures come from and where they are kept.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;
use url::{Host, Url};

/// Where pictures come from and where they are kept.
#[derive(Debug, Clone)]
pub struct MediaConfig {
    /// Hosts besides Meta's CDN, which is always allowed.
    pub hosts: Vec<AllowedHost>,
    /// Where copies are kept.
    pub store: StoreConfig,
}

/// A host that the operator has named. It may be private and speak http.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    host: Host<String>,
    port: Option<u16>,
}

/// Where copies are kept.
#[derive(Debug, Clone)]
pub enum StoreConfig {
    /// A folder; made if there is none.
    Folder(PathBuf),
    /// An S3-compatible store.
    S3(Box<S3Config>),
}

/// An S3-compatible store.
#[derive(Debug, Clone)]
pub struct S3Config {
    /// The bucket; it must exist.
    pub bucket: String,
    /// What every name in the bucket begins with; may be empty.
    pub prefix: String,
    /// Where it answers; `None` is Amazon.
    pub endpoint: Option<Url>,
    /// The region requests are signed for.
    pub region: String,
    /// Who we are there.
    pub access_key_id: String,
    /// The secret that belongs to it.
    pub secret_access_key: SecretString,
}

impl AllowedHost {
    /// Whether an address is on this host. Without a port, those of http and https are meant.
    pub(super) fn covers(&self, url: &Url) -> bool {
        let same_host = url.host().is_some_and(|host| host.to_owned() == self.host);
        same_host
            && match (self.port, url.port_or_known_default()) {
                (Some(allowed), Some(port)) => allowed == port,
                (None, Some(port)) => matches!(port, 80 | 443),
                (_, None) => false,
            }
    }

    /// Whether it goes by this name, in the form that addresses hold.
    pub(super) fn is_named(&self, name: &str) -> bool {
        matches!(&self.host, Host::Domain(domain) if domain == name)
    }

    /// Whether it is on this machine, where no proxy can reach it.
    pub(super) fn is_local(&self) -> bool {
        is_local(&self.host)
    }
}

impl FromStr for AllowedHost {
    type Err = url::ParseError;

    /// `host` or `host:port`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let no_host = Err(url::ParseError::EmptyHost);
        if text.contains(['/', '@', '?', '#', '\\']) || text.contains(char::is_whitespace) {
            return no_host;
        }
        let url: Url = format!("http://{text}").parse()?;
        let Some(host) = url.host() else { return no_host };
        // An address forgets the port that its scheme implies.
        let port = url.port().or_else(|| text.ends_with(":80").then_some(80));
        Ok(Self { host: host.to_owned(), port })
    }
}

impl From<SocketAddr> for AllowedHost {
    fn from(address: SocketAddr) -> Self {
        let host = match address {
            SocketAddr::V4(address) => Host::Ipv4(*address.ip()),
            SocketAddr::V6(address) => Host::Ipv6(*address.ip()),
        };
        Self { host, port: Some(address.port()) }
    }
}

pub(super) fn is_local<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
        Host::Domain(name) => name.as_ref() == "localhost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(host: &str, url: &str) -> bool {
        host.parse::<AllowedHost>().unwrap().covers(&url.parse().unwrap())
    }

    #[test]
    fn a_host_is_allowed_with_its_port_and_nothing_around_it() {
        assert!(covers("cdn.example", "https://cdn.example/a"));
        assert!(covers("CDN.example", "http://cdn.example/a"));
        assert!(covers("cdn.example:8080", "http://cdn.example:8080/a"));
        assert!(covers("cdn.example:80", "http://cdn.example/a"));
        assert!(covers("[::1]:9000", "http://[::1]:9000/a"));
        assert!(covers("127.0.0.1:3010", "http://127.1:3010/a"));
        for (host, url) in [
            ("cdn.example", "https://cdn.example:8443/a"),
            ("cdn.example:8080", "http://cdn.example/a"),
            ("cdn.example:80", "https://cdn.example/a"),
            ("cdn.example", "https://a.cdn.example/a"),
            ("cdn.example", "https://cdn.example.evil.example/a"),
            ("cdn.example", "https://cdn.example@evil.example/a"),
        ] {
            assert!(!covers(host, url), "{host} {url}");
        }
    }

    #[test]
    fn what_is_more_than_a_host_is_none() {
        for text in ["", "https://cdn.example", "cdn.example/path", "me@cdn.example", "a b", "cdn.example:99999", ":80"]
        {
            assert!(text.parse::<AllowedHost>().is_err(), "{text}");
        }
    }
}
