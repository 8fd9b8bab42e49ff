//! Where pictures may come from.

use std::sync::Arc;

use url::{Host, Url};

use super::config::AllowedHost;

/// Meta's CDN. Pictures are at names under these.
/// Source: addresses in answers of Instagram's API.
const META: [&str; 2] = ["cdninstagram.com", "fbcdn.net"];

/// Meta's CDN and what the operator has named. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    named: Arc<[AllowedHost]>,
}

impl Hosts {
    pub fn new(named: &[AllowedHost]) -> Self {
        Self { named: named.into() }
    }

    /// Whether a picture may be fetched from this address.
    pub fn allow(&self, url: &Url) -> bool {
        let plain = url.username().is_empty() && url.password().is_none();
        let http = matches!(url.scheme(), "http" | "https");
        plain && http && (is_meta(url) || self.named.iter().any(|host| host.covers(url)))
    }

    /// Whether the operator has named a host, which may then be private.
    pub fn may_be_private(&self, name: &str) -> bool {
        self.named.iter().any(|host| host.is_named(name))
    }

    /// Whether one of them is on this machine.
    pub fn are_local(&self) -> bool {
        self.named.iter().any(AllowedHost::is_local)
    }
}

fn is_meta(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else { return false };
    let under = |domain: &str| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    url.scheme() == "https" && url.port().is_none() && META.into_iter().any(under)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metas_cdn_is_allowed_over_https_alone() {
        let hosts = Hosts::new(&[]);
        for good in [
            "https://scontent.cdninstagram.com/v/t51/1.jpg?oh=1&oe=2",
            "https://scontent-fra3-1.cdninstagram.com:443/1.jpg",
            "https://scontent.xx.fbcdn.net/1.jpg",
            "https://fbcdn.net/1.jpg",
        ] {
            assert!(hosts.allow(&good.parse().unwrap()), "{good}");
        }
        for bad in [
            "http://scontent.cdninstagram.com/1.jpg",
            "https://scontent.cdninstagram.com:8443/1.jpg",
            "https://scontent.cdninstagram.com@evil.example/1.jpg",
            "https://me@scontent.cdninstagram.com/1.jpg",
            "https://scontent.cdninstagram.com./1.jpg",
            "https://evilcdninstagram.com/1.jpg",
            "https://cdninstagram.com.evil.example/1.jpg",
            "https://www.instagram.com/1.jpg",
            "https://127.0.0.1/1.jpg",
            "https://[::1]/1.jpg",
            "https://2130706433/1.jpg",
            "ftp://scontent.cdninstagram.com/1.jpg",
            "file:///etc/passwd",
            "data:image/png;base64,AAAA",
        ] {
            assert!(!hosts.allow(&bad.parse().unwrap()), "{bad}");
        }
    }

    #[test]
    fn a_named_host_may_speak_http_but_meta_never_may() {
        let hosts = Hosts::new(&["127.0.0.1:9".parse().unwrap(), "pictures.lan".parse().unwrap()]);
        for good in ["http://127.0.0.1:9/1.jpg", "http://pictures.lan/1.jpg", "https://pictures.lan/1.jpg"] {
            assert!(hosts.allow(&good.parse().unwrap()), "{good}");
        }
        for bad in ["http://127.0.0.1/1.jpg", "ftp://pictures.lan:80/1", "http://scontent.cdninstagram.com/1.jpg"] {
            assert!(!hosts.allow(&bad.parse().unwrap()), "{bad}");
        }
        assert!(hosts.may_be_private("pictures.lan") && !hosts.may_be_private("scontent.cdninstagram.com"));
        assert!(hosts.are_local() && !Hosts::new(&[]).are_local());
    }
}
