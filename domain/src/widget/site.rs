//! The websites that may embed a widget.

use serde::{Deserialize, Serialize};

/// A website as its owner writes it: `example.com`, `https://shop.example.com`
/// or `http://localhost:8080`, in lower case and without a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Site(String);

impl Site {
    const MOST_CHARS: usize = 120;

    /// `None` for what names no website. A path behind the host is dropped, as
    /// people copy whole addresses.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme @ ("http" | "https"), rest)) => (Some(scheme), rest),
            Some(_) => return None,
            None => (None, text.as_str()),
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().ok()?)),
            None => (authority, None),
        };
        let label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let known = host == "localhost" || (host.contains('.') && host.len() <= Self::MOST_CHARS);
        if !known || !host.split('.').all(label) {
            return None;
        }
        let scheme = scheme.map(|scheme| format!("{scheme}://")).unwrap_or_default();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Some(Self(format!("{scheme}{host}{port}")))
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The exact origins it stands for. Without a scheme: https, and for a
    /// plain domain its `www.` as well, because few people know that these are two.
    pub fn origins(&self) -> Vec<String> {
        if self.0.contains("://") {
            return vec![self.0.clone()];
        }
        let is_address = self.0.split([':', '.']).all(|part| part.chars().all(|c| c.is_ascii_digit()));
        let twin = match self.0.strip_prefix("www.") {
            _ if is_address || self.0.starts_with("localhost") => None,
            Some(bare) => Some(bare.to_owned()),
            None => Some(format!("www.{}", self.0)),
        };
        std::iter::once(self.0.clone()).chain(twin).map(|host| format!("https://{host}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_read_as_people_write_it() {
        let read = |text: &str| Site::parse(text).map(|site| site.0);
        assert_eq!(read(" Example.com "), Some("example.com".into()));
        assert_eq!(read("https://Shop.Example.com/news?x=1"), Some("https://shop.example.com".into()));
        assert_eq!(read("http://localhost:8080"), Some("http://localhost:8080".into()));
        assert_eq!(read("127.0.0.1:8080"), Some("127.0.0.1:8080".into()));
    }

    #[test]
    fn what_could_change_a_policy_is_no_site() {
        for text in [
            "",
            "example",
            "example.com; script-src *",
            "*",
            "https://",
            "data:text/html,x",
            "https://a@b.example",
            "exa mple.com",
            "-a.example",
            "a..example",
            "example.com:99999",
            "ftp://example.com",
            "'none'",
        ] {
            assert_eq!(Site::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_domain_means_both_of_its_spellings() {
        let origins = |text: &str| Site::parse(text).unwrap().origins();
        assert_eq!(origins("example.com"), ["https://example.com", "https://www.example.com"]);
        assert_eq!(origins("www.example.com"), ["https://www.example.com", "https://example.com"]);
        assert_eq!(origins("http://localhost:1"), ["http://localhost:1"]);
        assert_eq!(origins("127.0.0.1"), ["https://127.0.0.1"]);
    }
}
