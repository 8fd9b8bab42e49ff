//! What went wrong with a request, and what to do.

use domain::form::Problem;
use domain::mail::LinkProblem;
use domain::person::{EmailError, NameError, PasswordError};

use crate::api::ApiError;

/// The sentence for an error.
pub fn problem(error: &ApiError) -> String {
    match error {
        ApiError::SignedOut => text!(problem.signed_out).to_owned(),
        ApiError::NotFound => text!(problem.not_found).to_owned(),
        ApiError::Link { problem } => link(*problem).to_owned(),
        ApiError::LastLogin => text!(problem.last_login).to_owned(),
        ApiError::Form { .. } => text!(problem.settings).to_owned(),
        ApiError::TooMany { seconds } => text!(problem.too_many, count = *seconds),
        ApiError::NotConfigured => text!(problem.not_configured).to_owned(),
        ApiError::Busy => text!(problem.busy).to_owned(),
        ApiError::Unreachable => text!(problem.unreachable).to_owned(),
        ApiError::Malformed => text!(problem.malformed).to_owned(),
        ApiError::Internal => text!(problem.internal).to_owned(),
    }
}

fn link(problem: LinkProblem) -> &'static str {
    match problem {
        LinkProblem::Unknown => text!(link.unknown),
        LinkProblem::Expired => text!(link.expired),
        LinkProblem::Used => text!(link.used),
        LinkProblem::Taken => text!(link.taken),
    }
}

/// Above what is wrong with settings.
#[cfg(feature = "ssr")]
pub fn settings_are_wrong() -> &'static str {
    text!(problem.settings)
}

/// What is wrong with a field, or with a form.
pub fn field_problem(problem: &Problem) -> String {
    match problem {
        Problem::OutOfRange { min, max } => text!(settings.out_of_range, min = *min, max = *max),
        Problem::UnknownChoice { .. } => text!(settings.unknown_choice).to_owned(),
        Problem::NotAColour => text!(settings.not_a_colour).to_owned(),
        Problem::TooLong { most } => text!(settings.too_long, most = *most),
        Problem::NotASite { line } => text!(settings.not_a_site, line = line.clone()),
        Problem::TooMany { most } => text!(settings.too_many, most = *most),
        Problem::NothingShown => text!(settings.nothing_shown).to_owned(),
        Problem::Email(EmailError::Empty) => text!(form.email_empty).to_owned(),
        Problem::Email(EmailError::TooLong) => text!(form.email_long).to_owned(),
        Problem::Email(EmailError::Malformed) => text!(form.email_malformed).to_owned(),
        Problem::Password(PasswordError::TooShort) => text!(form.password_short).to_owned(),
        Problem::Password(PasswordError::TooLong) => text!(form.password_long).to_owned(),
        Problem::Name(NameError::Empty) => text!(form.name_empty).to_owned(),
        Problem::Name(NameError::TooLong) => text!(form.name_long).to_owned(),
        Problem::WrongPassword => text!(form.wrong_password).to_owned(),
        Problem::Credentials => text!(form.credentials).to_owned(),
        Problem::TooOften { seconds } => text!(problem.too_many, count = *seconds),
    }
}
