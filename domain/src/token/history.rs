//! What happened to a token: append-only, in words people can read. Equal
//! failures in a row are one entry with a count.

use serde::{Deserialize, Serialize};

use super::facts::{Death, Failure, MetaAnswer, SuspensionKind};
use crate::Moment;

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it happened; for an expiry, the moment of expiry.
    pub at: Moment,
    /// What happened.
    pub kind: EventKind,
    /// What Meta said, for support.
    pub said: Option<MetaAnswer>,
}

/// The same failure, more than once in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// How often, the first time included.
    pub times: u32,
    /// When it last happened; the event has the first time.
    pub last_at: Moment,
}

impl EventKind {
    /// Whether equal ones in a row are told as one.
    pub const fn is_folded(&self) -> bool {
        matches!(self, Self::ExtensionFailed { .. })
    }
}

/// What can happen to a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The first token of this person on this platform.
    Connected {
        /// The new end.
        expires_at: Option<Moment>,
    },
    /// Meta gave the living token a longer life.
    Extended {
        /// The new end.
        expires_at: Option<Moment>,
    },
    /// A person went through the consent page and brought a new token.
    Reauthorised {
        /// The new end.
        expires_at: Option<Moment>,
        /// Whether the old token was dead or suspended before.
        healed: bool,
    },
    /// An end by the clock or by Meta's verdict.
    Ended {
        /// The one cause.
        death: Death,
    },
    /// Meta refuses the token for now.
    Suspended {
        /// What the person must do.
        suspension: SuspensionKind,
    },
    /// The same string works again.
    Recovered,
    /// A permission is missing.
    PermissionMissing {
        /// The permissions' names; empty when Meta did not name them.
        scopes: Vec<String>,
    },
    /// An account is not shared with the token any more, or is so again.
    Sharing {
        /// The account's name, without the `@`.
        username: String,
        /// Whether it is shared.
        shared: bool,
    },
    /// An account whose other token failed it lives by this one from now on.
    TookOver {
        /// The account's name, without the `@`.
        username: String,
    },
    /// An extension was tried and did not work; nothing else changed.
    ExtensionFailed {
        /// Why.
        failure: Failure,
    },
}

/// Who or what caused an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The worker, on plan.
    Schedule,
    /// The refresh button of somebody signed in.
    Button,
    /// A login with Instagram or Facebook.
    Login,
    /// Connecting an account.
    Connect,
    /// The public page, without a login here.
    PublicPage,
    /// A signed callback from Meta.
    Callback,
    /// The manual check: a preview of a widget.
    Preview,
}
