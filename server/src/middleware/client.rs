//! From which network a request comes: from the connection, or, where that is
//! one of our own proxies, from what the proxy says.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Once};

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::service::client::Network;
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whose word is taken.
pub struct Proxies {
    trusted: Vec<IpNet>,
    told: Once,
}

impl Proxies {
    /// These, and nobody else.
    pub fn new(trusted: Vec<IpNet>) -> Arc<Self> {
        Arc::new(Self { trusted, told: Once::new() })
    }
}

/// Inserts the [`Network`].
pub async fn layer(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    let network = peer.map_or_else(Network::unknown, |peer| {
        if request.headers().contains_key(FORWARDED_FOR) && !is_trusted(&proxies.trusted, peer) && is_near(peer) {
            proxies.told.call_once(|| tell(peer));
        }
        origin(&proxies.trusted, peer, request.headers()).into()
    });
    request.extensions_mut().insert(network);
    next.run(request).await
}

fn tell(peer: IpAddr) {
    tracing::warn!(
        %peer,
        "requests come through a proxy whose word is not taken, so everybody behind it shares one limit for log-ins; \
         name it in PILOTLIGHT_TRUSTED_PROXIES"
    );
}

/// Each proxy adds at the end whom it heard from. Read from there, the first that
/// is none of our proxies is the client: what stands before it anybody could have
/// written.
fn origin(trusted: &[IpNet], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let lines: Vec<_> =
        headers.get_all(FORWARDED_FOR).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    let mut hops = lines.iter().flat_map(|line| line.split(',')).collect::<Vec<_>>().into_iter().rev();
    let mut client = peer;
    while is_trusted(trusted, client) {
        let Some(before) = hops.next().and_then(address) else { break };
        client = before;
    }
    client
}

/// With or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

fn is_trusted(trusted: &[IpNet], address: IpAddr) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// Where proxies stand, and strangers do not.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, lines: &[&[u8]]) -> String {
        let trusted = ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"].map(|text| text.parse().unwrap());
        let line = |line: &&[u8]| (FORWARDED_FOR, http::HeaderValue::from_bytes(line).unwrap());
        origin(&trusted, peer.parse().unwrap(), &lines.iter().map(line).collect()).to_string()
    }

    #[test]
    fn only_our_proxies_are_believed_and_only_the_end_of_what_they_say() {
        assert_eq!(from("203.0.113.7", &[b"198.51.100.1"]), "203.0.113.7", "anybody may write that");
        assert_eq!(from("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(from("127.0.0.1", &[b"198.51.100.1"]), "198.51.100.1");
        assert_eq!(from("127.0.0.1", &[b"1.1.1.1, 198.51.100.1, 10.9.9.9"]), "198.51.100.1");
        assert_eq!(from("127.0.0.1", &[b"1.1.1.1", b"198.51.100.1"]), "198.51.100.1", "one header or many");
        assert_eq!(from("fd00::1", &[b"[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(from("127.0.0.1", &[b"198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(from("127.0.0.1", &[b"10.0.0.2"]), "10.0.0.2", "our own machines ask, too");
        for garbage in [b"unknown".as_slice(), b"", b",", b"\xff\xfe", b"1.2.3.4.5", b"198.51.100.1;"] {
            assert_eq!(from("127.0.0.1", &[garbage]), "127.0.0.1");
        }
    }
}
