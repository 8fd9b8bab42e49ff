//! Access tokens and authorization codes.

use crate::cast::Platform;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An access token the sandbox has given out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub value: String,
    pub platform: Platform,
    pub kind: TokenKind,
    /// Whose it is.
    pub username: String,
    /// Page tokens: the Page's id.
    pub page: Option<String>,
    pub issued_at: DateTime<Utc>,
    /// When it was last extended; its age counts from here.
    pub renewed_at: DateTime<Utc>,
    /// `None` never expires by itself: page tokens of long-lived user tokens.
    pub expires_at: Option<DateTime<Utc>>,
    /// How it was ended before its time.
    pub end: Option<End>,
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TokenKind {
    /// An hour or two, from a code.
    Short,
    /// Sixty days.
    Long,
    /// A Facebook Page's.
    Page,
}

/// How a token was ended for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum End {
    /// The person changed the password.
    Password,
    /// The person removed the app.
    Removed,
    /// The person logged out.
    LoggedOut,
    /// Ended through the API: permissions deleted, or replaced by a refresh under `rotate-old-dies`.
    ByCall,
}

/// An authorization code; Meta: good for an hour, once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Code {
    pub value: String,
    pub platform: Platform,
    pub username: String,
    pub redirect_uri: String,
    pub expires_at: DateTime<Utc>,
    pub used: bool,
}

impl Token {
    /// Enough of the string to recognise it, not enough to use it.
    pub(crate) fn masked(&self) -> String {
        let (head, tail) = (self.value.get(..8), self.value.get(self.value.len().saturating_sub(4)..));
        format!("{}…{}", head.unwrap_or_default(), tail.unwrap_or_default())
    }
}
