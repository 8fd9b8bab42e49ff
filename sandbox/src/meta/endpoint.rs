//! Which endpoint a request is for.

use super::call::Call;
use crate::cast::Platform;
use serde::{Deserialize, Serialize};

/// An endpoint of Meta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Endpoint {
    /// Instagram's consent page.
    Authorize,
    /// Facebook's consent page.
    Dialog,
    /// The answer of a person on either consent page.
    Decide,
    /// Instagram: code to short-lived token.
    CodeExchange,
    /// Instagram: short-lived to long-lived token.
    LongExchange,
    /// Instagram: a longer life.
    Refresh,
    /// Facebook: code to short-lived token.
    FacebookCode,
    /// Facebook: a long-lived token from a living one.
    FacebookExtend,
    /// Facebook: the app's own token.
    AppToken,
    /// Facebook: what is this token?
    DebugToken,
    /// Facebook: the Pages of a person.
    Pages,
    /// Facebook: permissions, read and revoked.
    Permissions,
    /// `/me`.
    Profile,
    /// `/{id}`.
    Object,
    /// `/me/media` and `/{id}/media`.
    Media,
    /// A picture on the CDN.
    Picture,
    /// The style sheet of the consent pages.
    Style,
    /// Anything else.
    Unknown,
}

/// All of them, for lists of valid names.
pub(crate) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::Authorize,
    Endpoint::Dialog,
    Endpoint::Decide,
    Endpoint::CodeExchange,
    Endpoint::LongExchange,
    Endpoint::Refresh,
    Endpoint::FacebookCode,
    Endpoint::FacebookExtend,
    Endpoint::AppToken,
    Endpoint::DebugToken,
    Endpoint::Pages,
    Endpoint::Permissions,
    Endpoint::Profile,
    Endpoint::Object,
    Endpoint::Media,
    Endpoint::Picture,
    Endpoint::Style,
    Endpoint::Unknown,
];

impl Endpoint {
    /// Whether faults strike here unless they name their endpoints.
    pub(crate) fn is_api(self) -> bool {
        !matches!(self, Self::Authorize | Self::Dialog | Self::Decide | Self::Picture | Self::Style | Self::Unknown)
    }

    /// The family an endpoint belongs to by itself; `None`: both have it.
    pub(crate) fn platform(self) -> Option<Platform> {
        match self {
            Self::Authorize | Self::CodeExchange | Self::LongExchange | Self::Refresh => Some(Platform::Instagram),
            Self::Dialog
            | Self::FacebookCode
            | Self::FacebookExtend
            | Self::AppToken
            | Self::DebugToken
            | Self::Pages
            | Self::Permissions => Some(Platform::Facebook),
            _ => None,
        }
    }

    /// The name in JSON.
    pub(crate) fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Reads method and path; host prefix and version are already taken off.
    pub(crate) fn of(call: &Call) -> Self {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        match (call.method.as_str(), path.as_slice()) {
            ("GET", ["oauth", "authorize"]) => Self::Authorize,
            ("GET", ["dialog", "oauth"]) => Self::Dialog,
            ("POST", ["oauth", "authorize", "decide"] | ["dialog", "oauth", "decide"]) => Self::Decide,
            ("POST", ["oauth", "access_token"]) if call.host != Some(Platform::Facebook) => Self::CodeExchange,
            ("GET" | "POST", ["oauth", "access_token"]) => match call.get("grant_type") {
                Some("fb_exchange_token") => Self::FacebookExtend,
                Some("client_credentials") => Self::AppToken,
                _ => Self::FacebookCode,
            },
            (_, ["access_token"]) => Self::LongExchange,
            (_, ["refresh_access_token"]) => Self::Refresh,
            ("GET", ["debug_token"]) => Self::DebugToken,
            ("GET", [_, "accounts"]) => Self::Pages,
            ("GET" | "DELETE", [_, "permissions"] | [_, "permissions", _]) => Self::Permissions,
            ("GET", [_, "media"]) => Self::Media,
            ("GET", ["sandbox.css"]) => Self::Style,
            ("GET", ["me"]) => Self::Profile,
            ("GET", [_]) => Self::Object,
            ("GET", ["cdn", ..]) => Self::Picture,
            _ => Self::Unknown,
        }
    }
}
