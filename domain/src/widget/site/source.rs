//! An origin, or a pattern of origins, as browsers and policies write them.

use std::fmt;

/// How a website is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        [Self::Http, Self::Https].into_iter().find(|scheme| word.eq_ignore_ascii_case(scheme.as_str()))
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    pub(super) const fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Port {
    /// That of the scheme, which browsers leave out.
    Usual,
    Exactly(u16),
    Any,
}

/// Origins that may embed a widget: `https://xn--mller-kva.example`,
/// `https://*.shop.example`, `http://localhost:*`. Always ASCII, and safe
/// inside of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub(super) scheme: Scheme,
    /// `*.` at its beginning stands for every name below.
    pub(super) host: String,
    pub(super) port: Port,
}

impl Source {
    /// Whether an `Origin` header names one of these.
    pub fn allows(&self, origin: &str) -> bool {
        let Some((scheme, authority)) = origin.split_once("://") else { return false };
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok().map(Port::Exactly)),
            _ => (authority, Some(Port::Usual)),
        };
        let host_fits = match self.host.strip_prefix('*') {
            Some(end) => host.len() > end.len() && host.ends_with(end),
            None => host == self.host,
        };
        scheme == self.scheme.as_str()
            && host_fits
            && port.is_some_and(|port| self.port == Port::Any || self.port == port)
    }

    /// As `frame-ancestors` names them.
    ///
    /// The grammar of policies knows neither underscores nor IPv6 (Source:
    /// Content Security Policy Level 3, 2.3.1, `host-char`), and browsers
    /// ignore what it does not know. So the nearest pattern that it can say
    /// follows: all names beside that name, all hosts at that port.
    pub fn in_policy(&self) -> impl Iterator<Item = String> {
        let nearest = if self.host.starts_with('[') {
            Some("*".to_owned())
        } else {
            let after = self.host.rfind('_').and_then(|at| self.host[at..].split_once('.'));
            after.map(|(_, rest)| format!("*.{rest}"))
        };
        let nearest = nearest.map(|host| Self { host, ..self.clone() }.to_string());
        std::iter::once(self.to_string()).chain(nearest)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        match self.port {
            Port::Usual => Ok(()),
            Port::Exactly(port) => write!(f, ":{port}"),
            Port::Any => f.write_str(":*"),
        }
    }
}
