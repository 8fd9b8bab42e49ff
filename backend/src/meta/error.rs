//! What can go wrong between Meta and us. No text here holds a token, a code,
//! a secret or an address.

use std::fmt;

use chrono::TimeDelta;
use domain::Moment;
use domain::token::{Failure, MetaAnswer, Refusal, Sight, Verdict};

use super::classify;

/// Meta did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaError {
    /// What that says about the token that was used.
    pub verdict: Verdict,
    /// Meta's words, where there were any, scrubbed.
    pub said: Option<MetaAnswer>,
    /// Meta's own "come back in", at most a day.
    pub retry_after: Option<TimeDelta>,
    /// The call, for logs.
    pub call: &'static str,
    /// What went wrong, for logs.
    pub what: Box<What>,
}

/// What went wrong with a call, for logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// Meta answered with an error of its own.
    #[error("Meta refused")]
    Refused,
    /// No answer in time.
    #[error("Meta did not answer in time")]
    TimedOut,
    /// No connection, or it broke.
    #[error("Meta could not be reached: {0}")]
    Broken(String),
    /// A redirect; none is followed, for it would carry the token elsewhere.
    #[error("Meta answered with a redirect (HTTP {0})")]
    Redirected(u16),
    /// More than any answer we ask for.
    #[error("Meta's answer is too large")]
    TooLarge,
    /// A page, or broken JSON.
    #[error("Meta's answer is no JSON (HTTP {0})")]
    NotJson(u16),
    /// JSON, but not what was asked for.
    #[error("Meta's answer has a shape we do not know (HTTP {0})")]
    Strange(u16),
    /// What was asked for, but of somebody else.
    #[error("Meta's answer is about somebody else")]
    SomebodyElse,
    /// There is no such account for this token; the grant may say so as well.
    #[error("Meta does not show this account (left out by the grant: {left_out})")]
    Hidden {
        /// Whether the grant names accounts, and this one is not among them.
        left_out: bool,
    },
    /// Facebook's list of permissions does not speak of one we need.
    #[error("Meta's list of permissions does not say whether it has: {}", .0.join(", "))]
    NotListed(Vec<String>),
    /// Facebook lists the permissions, and one we need is not among them.
    #[error("permissions are missing: {}", .0.join(", "))]
    NotGranted(Vec<String>),
    /// No app is configured for the platform.
    #[error("no app is configured for this platform")]
    NotConfigured,
}

impl fmt::Display for MetaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.call, self.what)?;
        self.said.as_ref().map_or(Ok(()), |said| write!(f, ": {}", Words(said)))
    }
}

impl std::error::Error for MetaError {}

impl MetaError {
    /// What the rules of a token's life need to know of it.
    pub(crate) fn refusal(self, now: Moment) -> Refusal {
        let missing_scopes = match *self.what {
            What::NotGranted(scopes) => scopes,
            _ => Vec::new(),
        };
        let not_before = self.retry_after.map(|pause| now + pause);
        Refusal { verdict: self.verdict, missing_scopes, said: self.said, not_before }
    }

    /// What Meta says about the account that was asked for, if it does not show it.
    pub(crate) fn sight(&self) -> Option<Sight> {
        match *self.what {
            What::Hidden { left_out } => Some(Sight::Hidden { left_out, said: self.said.clone() }),
            _ => None,
        }
    }

    /// "Object with ID … does not exist, cannot be loaded due to missing
    /// permissions, or does not support this operation": 100/33.
    pub(super) fn hides_what_was_asked_for(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.code == Some(100) && said.subcode == Some(33))
    }

    /// Meta gave no answer that says anything about the token.
    pub(super) fn unavailable(call: &'static str, what: What) -> Self {
        Self::unknown(call, what, Failure::Unavailable)
    }

    pub(super) fn unknown(call: &'static str, what: What, failure: Failure) -> Self {
        Self { verdict: Verdict::Unknown(failure), said: None, retry_after: None, call, what: Box::new(what) }
    }

    /// Meta gave an answer that says nothing about the token.
    pub(super) fn unclear(call: &'static str, what: What) -> Self {
        Self::unknown(call, what, Failure::Unclear)
    }

    pub(super) fn not_configured() -> Self {
        Self::unknown("meta", What::NotConfigured, Failure::AppFault)
    }

    pub(super) fn not_granted(call: &'static str, missing: Vec<String>) -> Self {
        let verdict = Verdict::PermissionMissing;
        Self { verdict, said: None, retry_after: None, call, what: Box::new(What::NotGranted(missing)) }
    }
}

/// Why a code from the consent page brought no token. Nothing was stored, and
/// nothing follows for a token that is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedeemError {
    /// The code was used before, is older than an hour, or is none.
    #[error("the code from the consent page cannot be used (again): {}", Words(.0))]
    CodeSpent(MetaAnswer),
    /// The person unticked these permissions, as Meta writes them.
    #[error("permissions were not granted: {}", .0.join(", "))]
    MissingPermissions(Vec<String>),
    /// Meta refuses our app: wrong id, secret or redirect address, an app that
    /// is blocked or in development. For the operator.
    #[error("Meta refuses the app; compare client id, client secret and redirect address: {}", Words(.0))]
    AppFault(MetaAnswer),
    /// Anything else.
    #[error(transparent)]
    Meta(MetaError),
}

impl From<MetaError> for RedeemError {
    fn from(error: MetaError) -> Self {
        match error {
            MetaError { verdict: Verdict::Unknown(Failure::AppFault), said: Some(said), .. } => Self::AppFault(said),
            error => Self::Meta(error),
        }
    }
}

impl RedeemError {
    /// The refusal of the call that spends the code.
    pub(super) fn of_code(error: MetaError) -> Self {
        match error {
            MetaError { said: Some(said), .. } if classify::is_spent_code(&said.message) => Self::CodeSpent(said),
            error => error.into(),
        }
    }
}

/// Meta's words in a log line.
struct Words<'a>(&'a MetaAnswer);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MetaAnswer { code, subcode, message } = self.0;
        match (code, subcode) {
            (Some(code), Some(subcode)) => write!(f, "({code}/{subcode}) {message}"),
            (Some(code), None) => write!(f, "({code}) {message}"),
            (None, _) => f.write_str(message),
        }
    }
}
