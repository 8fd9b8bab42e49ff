//! What is stored about a token. Status is derived from it, never stored.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::platform::Platform;

/// Everything we know about one token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Where the token comes from.
    pub platform: Platform,
    /// How long Meta said it lives.
    pub life: Life,
    /// Meta's explicit word that the token is dead. The first one stays.
    pub ending: Option<Ending>,
    /// Meta refuses the token for now; the same string may live again.
    pub suspension: Option<Suspension>,
    /// Meta refused the token for no reason we know; a second answer decides.
    pub doubt: Option<Doubt>,
    /// Permissions that Meta says are missing; the token itself is alive.
    pub missing_scopes: Vec<String>,
    /// When an answer of Meta last showed that the token works.
    pub last_success_at: Option<Moment>,
    /// The last extension since the string was issued that did not succeed.
    pub failed_extension: Option<Try>,
    /// The last check that did not succeed, if none has succeeded since. Kept
    /// apart, so that failing checks can never push an extension away.
    pub failed_check: Option<Try>,
}

/// The span Meta gave the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// When Meta issued or last extended the string. The 24-hour rule counts from here.
    pub issued_at: Moment,
    /// When it expires; `None` when Meta named no end.
    pub expires_at: Option<Moment>,
    /// Facebook only: when access to data ends, 90 days after the person was
    /// last active (Meta, "Auth vs. data access"). Extending does not move it.
    pub data_access_expires_at: Option<Moment>,
}

/// The end of a token, by Meta's explicit verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The one cause.
    pub death: Death,
    /// When we learned of it.
    pub at: Moment,
    /// What Meta said, word for word.
    pub said: Option<MetaAnswer>,
}

/// What killed a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Death {
    /// 190/463: Meta says that it expired, before or at the moment we knew.
    Expired,
    /// 190/460: the password was changed, or Meta reset the session for security.
    PasswordChanged,
    /// 190/458, or a signed deauthorize callback: the person removed the app.
    AppRemoved,
    /// 190/466: ended through the API.
    Invalidated,
    /// 190/467: the person logged out, or the session is invalid.
    LoggedOut,
    /// 190/492: the person lost their role on the Facebook Page.
    PageRoleLost,
    /// Facebook: nobody used the app for 90 days.
    DataAccessExpired,
    /// Meta cannot use the string: cut off, damaged, or sent to the wrong platform.
    Unreadable,
    /// 190 with no reason we know.
    Unnamed,
}

/// Meta refuses the token until the person has done something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// What the person must do.
    pub kind: SuspensionKind,
    /// When we learned of it.
    pub since: Moment,
    /// What Meta said, word for word.
    pub said: Option<MetaAnswer>,
}

/// The two suspensions Meta knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionKind {
    /// 190/459: a security check waits in the app or on the site.
    Checkpoint,
    /// 190/464: the person has not confirmed their account.
    Unconfirmed,
}

/// A refusal of the token that names no reason we know. It kills nothing by
/// itself: Meta has said such things for an hour and taken them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// What it is called once it is confirmed.
    pub death: Death,
    /// What Meta was asked.
    pub question: Question,
    /// When we first learned of it.
    pub since: Moment,
    /// What Meta said, word for word.
    pub said: Option<MetaAnswer>,
}

/// The two questions that a token is asked with. The same refusal of both, at
/// different times, is more than a slip of one of Meta's services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// For a longer life.
    Extension,
    /// For anything else: the daily check, or the posts.
    Use,
}

/// Attempts that did not succeed, told by the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// When it was made.
    pub at: Moment,
    /// How many there have been in a row.
    pub count: u32,
    /// Meta's own "come back in", as a moment.
    pub not_before: Option<Moment>,
    /// When the first in a row was made; unknown in rows from before this was kept.
    #[serde(default)]
    pub since: Option<Moment>,
    /// Why the last one did not succeed, where it says nothing about the token.
    #[serde(default)]
    pub failure: Option<Failure>,
    /// How many of them Meta answered without making the life longer.
    #[serde(default)]
    pub moved_nothing: u32,
    /// What Meta said to the last one, word for word.
    #[serde(default)]
    pub said: Option<MetaAnswer>,
}

/// Why a call did not work although the token may be fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Time-out, 5xx, HTML, no connection, nonsense.
    Unavailable,
    /// Too many calls.
    Limited,
    /// The Meta app itself is refused: for the operator.
    AppFault,
    /// Meta answered with the ambiguous code 100 or something we do not know.
    Unclear,
    /// 200, but the life did not get longer.
    NotExtended,
}

/// Meta's words, kept for support. Never holds a token: the client removes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaAnswer {
    /// `code` of the error envelope.
    pub code: Option<i64>,
    /// `error_subcode`, when it is not 0.
    pub subcode: Option<i64>,
    /// `message`.
    pub message: String,
}

impl Facts {
    /// The facts of a token that a person has just granted.
    pub fn granted(platform: Platform, life: Life, now: Moment) -> Self {
        Self {
            platform,
            life,
            ending: None,
            suspension: None,
            doubt: None,
            missing_scopes: Vec::new(),
            last_success_at: Some(now),
            failed_extension: None,
            failed_check: None,
        }
    }

    /// The first deadline at which the token stops working by itself.
    pub fn deadline(&self) -> Option<Moment> {
        [self.life.expires_at, self.life.data_access_expires_at].into_iter().flatten().min()
    }
}
