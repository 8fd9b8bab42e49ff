//! The websites that may embed a widget.

mod source;

use serde::{Deserialize, Serialize};
use url::Host;

use crate::Refused;

pub use source::Source;
use source::{Port, Scheme};

/// A website as its owner writes it: `example.com`, `https://한국.kr`,
/// `*.shop.example` or `localhost:5173`. Kept and shown as it was typed, less
/// what names no website (a path, a dot at the end); [`Site::sources`] says
/// which origins browsers know it by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Site(String);

impl Site {
    /// Of a host as browsers know it. A content security policy has to name them all.
    const MOST_CHARS: usize = 120;
    /// Of what is kept: a name in a foreign script takes more bytes than in a policy.
    const MOST_BYTES: usize = 600;

    /// `None` for what names no website, or none that a policy can name. A path
    /// behind the host is dropped, as people copy whole addresses.
    pub fn parse(text: &str) -> Option<Self> {
        // Messengers and documents put them around what is copied from them.
        let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let Written { scheme, host, port } = Written::read(&text)?;
        let scheme = scheme.map(|scheme| format!("{scheme}://")).unwrap_or_default();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let site = Self(format!("{scheme}{host}{port}"));
        (site.0.len() <= Self::MOST_BYTES && !site.sources().is_empty()).then_some(site)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A host that browsers tell, in the letters of whoever named this site, if
    /// it is this one's.
    pub fn as_typed(&self, host: &str) -> Option<String> {
        let typed = Written::read(&self.0)?.host;
        let known = Name::of(typed)?.host;
        let before = host.strip_suffix(&known)?;
        matches!(before, "" | "www.").then(|| format!("{before}{typed}"))
    }

    /// The origins it stands for; none for what browsers could not reach.
    ///
    /// Without a scheme that is https, and http too where certificates are
    /// rare: on this computer, at a bare address, at a name of one's own
    /// network. A plain domain means its `www.` as well, because few people
    /// know that these are two. On this computer every port is meant unless
    /// one is named: they change from day to day.
    pub fn sources(&self) -> Vec<Source> {
        let Some(written) = Written::read(&self.0) else { return Vec::new() };
        let Some(Name { host, kind }) = Name::of(written.host) else { return Vec::new() };
        let schemes = match (written.scheme, kind) {
            // One word is a name in somebody's network, or a slip of the pen.
            (None, Kind::Word) => return Vec::new(),
            // Of these a policy can say no more than the port; see `Source::in_policy`.
            (_, Kind::Ipv6) if written.port.is_none() => return Vec::new(),
            (Some(scheme), _) => vec![scheme],
            (None, Kind::Domain | Kind::Subdomains) => vec![Scheme::Https],
            (None, Kind::Here | Kind::Near | Kind::Ipv6) => vec![Scheme::Http, Scheme::Https],
        };
        let has_twin = kind == Kind::Domain && written.scheme.is_none() && !host.contains('_');
        let twin = || host.strip_prefix("www.").map_or_else(|| format!("www.{host}"), str::to_owned);
        let twin = has_twin.then(twin);
        let mut sources = Vec::new();
        for host in std::iter::once(host).chain(twin) {
            for scheme in &schemes {
                let port = match written.port {
                    Some(port) if port != scheme.usual_port() => Port::Exactly(port),
                    None if kind == Kind::Here => Port::Any,
                    _ => Port::Usual,
                };
                sources.push(Source { scheme: *scheme, host: host.clone(), port });
            }
        }
        sources
    }
}

impl TryFrom<String> for Site {
    type Error = Refused;

    /// Checks no more than that nothing in it could end a word: what was
    /// accepted once is not lost when [`Site::parse`] learns better, and a
    /// browser that reads settings needs none of Unicode's tables.
    fn try_from(text: String) -> Result<Self, Refused> {
        let strange = |c: char| c.is_whitespace() || c.is_control() || ";,'\"<>\\".contains(c);
        if text.is_empty() || text.len() > Self::MOST_BYTES || text.contains(strange) {
            return Err(Refused("website"));
        }
        Ok(Self(text))
    }
}

/// The parts of what somebody wrote.
#[derive(Clone, Copy)]
struct Written<'a> {
    scheme: Option<Scheme>,
    host: &'a str,
    port: Option<u16>,
}

impl<'a> Written<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((word, rest)) => (Some(Scheme::from_word(word)?), rest),
            None => (None, text.strip_prefix("//").unwrap_or(text)),
        };
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let (host, port) = match authority.rsplit_once(':') {
            // The colons inside of brackets are an address'.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
            _ => (authority, None),
        };
        let ends = |c: char| c.is_whitespace() || ".。．｡".contains(c);
        Some(Self { scheme, host: host.trim_start().trim_end_matches(ends), port })
    }
}

/// What a host is, as far as schemes and ports depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Domain,
    /// All names below a domain, at any depth, but not the domain itself.
    Subdomains,
    /// A name without a dot.
    Word,
    /// This computer.
    Here,
    /// An IPv4 address, or a name that is valid in one's own network only.
    Near,
    Ipv6,
}

/// A host as browsers compare it: in ASCII and lower case.
struct Name {
    host: String,
    kind: Kind,
}

impl Name {
    const HERE: &'static str = "localhost";
    /// Source: RFC 6761, RFC 6762, and ICANN's resolution 2024.07.29.06.
    const NEAR: [&'static str; 3] = ["test", "local", "internal"];

    fn of(host: &str) -> Option<Self> {
        let (below, name) = match host.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, host),
        };
        let (host, kind) = match Host::parse(name).ok()? {
            Host::Domain(name) => {
                let kind = Self::kind(&name)?;
                (name, kind)
            }
            Host::Ipv4(address) if address.is_loopback() => (address.to_string(), Kind::Here),
            Host::Ipv4(address) => (address.to_string(), Kind::Near),
            Host::Ipv6(address) => (format!("[{address}]"), Kind::Ipv6),
        };
        match (below, kind) {
            (false, kind) => Some(Self { host, kind }),
            (true, Kind::Domain) => Some(Self { host: format!("*.{host}"), kind: Kind::Subdomains }),
            // `localhost`, and what ends in it.
            (true, Kind::Here | Kind::Near) if !host.ends_with(|c: char| c.is_ascii_digit()) => {
                Some(Self { host: format!("*.{host}"), kind })
            }
            (true, _) => None,
        }
    }

    fn kind(name: &str) -> Option<Kind> {
        // The rules of addresses allow `;` in a name; those of policies do not.
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let label =
            |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && label.chars().all(plain);
        if name.len() > Site::MOST_CHARS || !name.split('.').all(label) {
            return None;
        }
        let (rest, last) = name.rsplit_once('.').unwrap_or(("", name));
        let kind = match (rest, last) {
            (_, Self::HERE) => Kind::Here,
            ("", _) => Kind::Word,
            (_, last) if Self::NEAR.contains(&last) => Kind::Near,
            _ => Kind::Domain,
        };
        // No such name can be bought, and above it is nothing to name instead; see `Source::in_policy`.
        let second = rest.rsplit('.').next().unwrap_or_default();
        let nameless = last.contains('_') || (kind == Kind::Domain && second.contains('_'));
        (!nameless).then_some(kind)
    }
}

/// Marks of direction and joints that are nothing in a name. The two joiners,
/// which some scripts need, are not among them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests;
