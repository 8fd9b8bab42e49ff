//! The errors that cross the wire: what the person can do, never internals.

use domain::form::{Draft, FieldProblem};
use domain::mail::LinkProblem;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function did not do its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Log in first.
    #[error("signed out")]
    SignedOut,
    /// There is no such thing, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// A link from a mail does nothing any more, or never did.
    #[error("the link cannot be used")]
    Link {
        /// Why.
        problem: LinkProblem,
    },
    /// It would be the last way to sign in.
    #[error("the last way to sign in")]
    LastLogin,
    /// Something in a form has to be corrected.
    #[error("the form has to be corrected")]
    Form {
        /// What was typed, to be shown again; never a password.
        #[serde(with = "pairs")]
        draft: Draft,
        /// Everything that is wrong, in the order of the form.
        problems: Vec<FieldProblem>,
    },
    /// Wait.
    #[error("too many tries")]
    TooMany {
        /// How long, in seconds.
        seconds: u64,
    },
    /// This installation has no app at Meta for the platform.
    #[error("no app at Meta")]
    NotConfigured,
    /// Others are at work on the same thing, or the database is busy: trying
    /// again in a moment helps.
    #[error("busy")]
    Busy,
    /// The server could not be reached.
    #[error("the server could not be reached")]
    Unreachable,
    /// The request could not be understood: an old page, or not ours.
    #[error("the request could not be understood")]
    Malformed,
    /// Our fault; logged on the server.
    #[error("internal error")]
    Internal,
}

/// A draft as a list of pairs: [`super::read`] reads no maps.
mod pairs {
    use domain::form::Draft;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(draft: &Draft, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&draft.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Draft, D::Error> {
        let pairs = Vec::<(String, String)>::deserialize(deserializer)?;
        Ok(Draft(pairs.into_iter().collect()))
    }
}

impl FromServerFnError for ApiError {
    type Encoder = super::TextJson;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                #[cfg(feature = "ssr")]
                malformed();
                Self::Malformed
            }
            _ => Self::Internal,
        }
    }
}

/// Garbage is the sender's fault: without this it would count as ours.
#[cfg(feature = "ssr")]
fn malformed() {
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::BAD_REQUEST);
    }
}
