//! The one kind of address in a feed that becomes a link.

use serde::{Deserialize, Serialize};

use crate::Refused;

/// The https address of a post on instagram.com. Whatever else an answer
/// holds in its place is no link: captions and names come from strangers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Permalink(String);

impl Permalink {
    const HOSTS: [&str; 2] = ["https://www.instagram.com/", "https://instagram.com/"];
    const MOST_CHARS: usize = 200;

    /// `None` for everything but an https address of instagram.com in plain characters.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/_-.?=&%".contains(c);
        let path = Self::HOSTS.iter().find_map(|host| text.strip_prefix(host))?;
        (text.len() <= Self::MOST_CHARS && path.chars().all(plain)).then(|| Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Permalink {
    type Error = Refused;
    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text).ok_or(Refused("permalink"))
    }
}
