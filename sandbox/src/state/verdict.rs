//! Whether a token works, and if not, why: the one place that decides.

use super::{End, State, Token, TokenKind};
use crate::{cast::Platform, clock::pacific};
use chrono::{DateTime, Utc};

/// Why a token does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Removed,
    Checkpoint,
    Password,
    Expired(DateTime<Utc>),
    Unconfirmed,
    ByCall,
    LoggedOut,
    PageRole,
    DataAccess,
}

/// `None`: the token works.
pub(crate) fn verdict(state: &State, token: &Token, now: DateTime<Utc>) -> Option<Verdict> {
    if let Some(end) = token.end {
        return Some(match end {
            End::Password => Verdict::Password,
            End::Removed => Verdict::Removed,
            End::LoggedOut => Verdict::LoggedOut,
            End::ByCall => Verdict::ByCall,
        });
    }
    if let Some(at) = token.expires_at.filter(|at| now >= *at) {
        return Some(Verdict::Expired(at));
    }
    let standing = state.standing(&token.username);
    if standing.checkpointed(now) {
        return Some(Verdict::Checkpoint);
    }
    if standing.unconfirmed {
        return Some(Verdict::Unconfirmed);
    }
    if standing.page_role_lost && token.kind == TokenKind::Page {
        return Some(Verdict::PageRole);
    }
    standing.data_access_over(now).then_some(Verdict::DataAccess)
}

impl Verdict {
    /// Meta: the subcode of code 190.
    pub(crate) fn subcode(self) -> Option<u32> {
        match self {
            Self::Removed => Some(458),
            Self::Checkpoint => Some(459),
            Self::Password => Some(460),
            Self::Expired(_) => Some(463),
            Self::Unconfirmed => Some(464),
            Self::ByCall => Some(466),
            Self::LoggedOut => Some(467),
            Self::PageRole => Some(492),
            Self::DataAccess => None,
        }
    }

    /// Meta's words.
    pub(crate) fn message(self, platform: Platform, app_id: &str, now: DateTime<Utc>) -> String {
        let said = match self {
            Self::Removed => format!("The user has not authorized application {app_id}."),
            Self::Checkpoint => {
                let host = match platform {
                    Platform::Instagram => "www.instagram.com",
                    Platform::Facebook => "www.facebook.com",
                };
                format!("You cannot access the app till you log in to {host} and follow the instructions given.")
            }
            Self::Password => "The session has been invalidated because the user changed their password or Facebook \
                               has changed the session for security reasons."
                .to_owned(),
            Self::Expired(at) => {
                format!("Session has expired on {}. The current time is {}.", pacific(at), pacific(now))
            }
            Self::Unconfirmed => {
                "Sessions for the user are not allowed because the user is not a confirmed user.".to_owned()
            }
            Self::ByCall => "The session was invalidated explicitly using an API call.".to_owned(),
            Self::LoggedOut => "The session is invalid because the user logged out.".to_owned(),
            Self::PageRole => "The user must be an administrator, editor, or moderator of the page in order to \
                               impersonate it. If the page business requires Two Factor Authentication, the user also \
                               needs to enable Two Factor Authentication."
                .to_owned(),
            Self::DataAccess => {
                return "The access token is invalid since the user hasn't engaged the app in longer than 90 days."
                    .to_owned();
            }
        };
        format!("Error validating access token: {said}")
    }

    /// One word for lists and the control API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Checkpoint => "checkpoint",
            Self::Password => "password",
            Self::Expired(_) => "expired",
            Self::Unconfirmed => "unconfirmed",
            Self::ByCall => "ended-by-call",
            Self::LoggedOut => "logged-out",
            Self::PageRole => "page-role",
            Self::DataAccess => "data-access",
        }
    }
}
