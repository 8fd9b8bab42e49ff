//! What can go wrong in a use case, for the caller to tell people.

use domain::form::FieldProblem;
use domain::mail::LinkProblem;
use domain::person::{EmailError, PasswordError};

use crate::meta::{BadSignedRequest, MetaError};
use crate::seal::SealError;
use crate::store;

/// Why a use case did not do its work. Nothing is half-written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is somebody else's: nobody learns which.
    #[error("not found")]
    NotFound,
    /// The password is not that of whoever is signed in.
    #[error("wrong password")]
    WrongPassword,
    /// A link from a mail does nothing any more, or never did.
    #[error("the link cannot be used: {0:?}")]
    Link(LinkProblem),
    /// It would be the last way in.
    #[error("this is the last way to log in")]
    LastLogin,
    /// The e-mail address or the password is wrong: nobody learns which.
    #[error("wrong e-mail address or password")]
    WrongCredentials,
    /// The e-mail address cannot be one.
    #[error(transparent)]
    BadEmail(#[from] EmailError),
    /// The password cannot be used.
    #[error(transparent)]
    BadPassword(#[from] PasswordError),
    /// Settings of a widget that cannot be used.
    #[error("settings cannot be used: {}", fields(.0))]
    Settings(Vec<FieldProblem>),
    /// Too many tries; wait.
    #[error("too many tries; wait {seconds} seconds")]
    TooMany {
        /// How long until the next try, in seconds.
        seconds: u64,
    },
    /// Somebody else has been working on the same thing for long; try again.
    #[error("somebody else is at work on this; try again in a moment")]
    AtWork,
    /// This installation has no app for the platform.
    #[error(transparent)]
    NotConfigured(MetaError),
    /// Meta did not answer as hoped.
    #[error("Meta did not answer as hoped")]
    Meta(#[source] MetaError),
    /// A request that claims to come from Meta does not.
    #[error(transparent)]
    Forged(#[from] BadSignedRequest),
    /// The database did not answer as it should.
    #[error("the database failed")]
    Store(#[source] store::Error),
    /// Pictures could not be kept or thrown away.
    #[error("the store of pictures failed")]
    Pictures(#[from] crate::media::StoreError),
    /// A sealed token could not be opened.
    #[error("a stored token could not be opened; is its key in PILOTLIGHT_SECRET_KEY?")]
    Seal(#[from] SealError),
    /// A password could not be hashed.
    #[error("password hashing failed: {0}")]
    Hashing(String),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Gone => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

fn fields(problems: &[FieldProblem]) -> String {
    problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>().join(", ")
}
