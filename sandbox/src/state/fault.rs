//! Faults of the service itself, as opposed to those of one person.

use crate::{cast::Platform, meta::Endpoint};
use serde::{Deserialize, Serialize};

/// A fault that is on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// Given by the sandbox.
    #[serde(default)]
    pub id: u64,
    pub kind: FaultKind,
    /// Where it strikes; empty: at every API call, but not at consent pages and pictures.
    #[serde(default)]
    pub endpoints: Vec<Endpoint>,
    /// Only calls with a token or code of this person.
    #[serde(default)]
    pub username: Option<String>,
    /// Only calls of this family.
    #[serde(default)]
    pub platform: Option<Platform>,
    /// How often it still strikes; `None`: until it is taken away.
    #[serde(default)]
    pub times: Option<u32>,
    /// Another HTTP status than the usual one.
    #[serde(default)]
    pub status: Option<u16>,
    /// `timeout`: how long the call hangs.
    #[serde(default)]
    pub seconds: Option<u64>,
    /// Limits: the minutes the headers promise.
    #[serde(default)]
    pub regain_minutes: Option<u32>,
    /// `say`: the whole answer.
    #[serde(default)]
    pub body: Option<String>,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FaultKind {
    /// Code 4.
    AppLimit,
    /// Code 17.
    UserLimit,
    /// Code 80002.
    AccountLimit,
    /// Code 2, HTTP 500, `is_transient`.
    Transient,
    /// A proxy's HTML page.
    Html502,
    /// Nothing, for a long time.
    Timeout,
    /// The call is never heard.
    Drop,
    /// The call takes effect, its answer is lost.
    DropAfter,
    /// The call takes effect, its answer comes late.
    Slow,
    /// The call takes effect, its answer ends in ten megabytes of nothing.
    BigBody,
    /// The call takes effect, its answer is cut in half.
    BrokenJson,
    /// HTTP 200 and not one byte; another status where one is named.
    Nothing,
    /// Code 200, `API access blocked.`
    ApiBlocked,
    /// Code 101: the app is gone.
    AppDisabled,
    /// Code 100, the catch-all that says nothing.
    Unsupported,
    /// Code 190 with words nobody has seen.
    Unknown190,
    /// Code 190 with words about the string itself; on record with HTTP 400 and 500.
    Postcard190,
    /// HTTP 200 and any text: what is no answer, although it looks like one.
    Say,
    /// The call takes effect; a list holds its five newest rows only, and no way on.
    ShortList,
    /// The call takes effect; a text of the answer holds half of an emoji.
    HalfEmoji,
    /// The call takes effect; a text of the answer holds raw control characters.
    RawControl,
    /// The call takes effect; a text of the answer holds bytes that are no UTF-8.
    BrokenUtf8,
    /// The call takes effect; the answer begins with a byte order mark.
    ByteOrderMark,
}

/// All kinds with what they do, for people.
pub(crate) const KINDS: &[(FaultKind, &str)] = &[
    (FaultKind::AppLimit, "app limit reached (code 4, with usage headers)"),
    (FaultKind::UserLimit, "user limit reached (code 17)"),
    (FaultKind::AccountLimit, "too many calls to this account (code 80002)"),
    (FaultKind::Transient, "an unexpected error on Meta's side (code 2, HTTP 500)"),
    (FaultKind::Html502, "an HTML page with HTTP 502"),
    (FaultKind::Timeout, "no answer for a long time"),
    (FaultKind::Drop, "connection lost before the call takes effect"),
    (FaultKind::DropAfter, "connection lost after the call took effect, for instance after a rotation"),
    (FaultKind::Slow, "a slow answer, of a call that took effect"),
    (FaultKind::BigBody, "an answer of 10 MB"),
    (FaultKind::BrokenJson, "an answer cut in half"),
    (FaultKind::Nothing, "an answer of no bytes (HTTP 200, or 202, 204 …)"),
    (FaultKind::ApiBlocked, "API access blocked (code 200)"),
    (FaultKind::AppDisabled, "the app is disabled (code 101)"),
    (FaultKind::Unsupported, "\"Unsupported request\" (code 100), which says nothing about the token"),
    (FaultKind::Unknown190, "code 190 with an unknown text"),
    (FaultKind::Postcard190, "code 190, \"Invalid JSON for postcard\""),
    (FaultKind::Say, "HTTP 200 with the answer below, for instance {} or {\"status\":\"fail\"}"),
    (FaultKind::ShortList, "a list with its five newest rows only"),
    (FaultKind::HalfEmoji, "half of an emoji in a text, which strict JSON refuses"),
    (FaultKind::RawControl, "raw control characters in a text"),
    (FaultKind::BrokenUtf8, "broken UTF-8 in a text"),
    (FaultKind::ByteOrderMark, "a byte order mark before the answer"),
];

impl FaultKind {
    /// The name in JSON.
    pub(crate) fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What it does, for people.
    pub(crate) fn words(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, words)| words)
    }

    /// All kinds.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, _)| *kind)
    }

    /// Whether the call takes effect first.
    pub(crate) fn strikes_after(self) -> bool {
        matches!(self, Self::DropAfter | Self::Slow | Self::BigBody | Self::BrokenJson) || self.garbles()
    }

    /// Whether the answer comes, but not as it was.
    pub(crate) fn garbles(self) -> bool {
        matches!(self, Self::ShortList | Self::HalfEmoji | Self::RawControl | Self::BrokenUtf8 | Self::ByteOrderMark)
    }
}

impl Fault {
    /// Whether this call is hit.
    pub(crate) fn hits(&self, endpoint: Endpoint, platform: Option<Platform>, username: Option<&str>) -> bool {
        let place = if self.endpoints.is_empty() { endpoint.is_api() } else { self.endpoints.contains(&endpoint) };
        let family = self.platform.is_none_or(|wanted| platform == Some(wanted));
        let owner = self.username.as_deref().is_none_or(|wanted| username == Some(wanted));
        place && family && owner && self.times != Some(0)
    }
}
