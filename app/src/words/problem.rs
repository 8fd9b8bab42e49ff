//! What went wrong with a request, and what to do.

use domain::person::{EmailError, PasswordError};

use crate::api::{ApiError, FormProblem};

/// The sentence for an error.
pub fn problem(error: &ApiError) -> String {
    match error {
        ApiError::SignedOut => text!(problem.signed_out).to_owned(),
        ApiError::NotFound => text!(problem.not_found).to_owned(),
        ApiError::Form { problem, .. } => form_problem(*problem),
        ApiError::Settings { .. } => text!(problem.settings).to_owned(),
        ApiError::TooMany { seconds } => text!(problem.too_many, seconds = *seconds),
        ApiError::NotConfigured => text!(problem.not_configured).to_owned(),
        ApiError::Busy => text!(problem.busy).to_owned(),
        ApiError::Unreachable => text!(problem.unreachable).to_owned(),
        ApiError::Malformed => text!(problem.malformed).to_owned(),
        ApiError::Internal => text!(problem.internal).to_owned(),
    }
}

/// The sentence for what is wrong in a form.
pub fn form_problem(problem: FormProblem) -> String {
    match problem {
        FormProblem::Email(EmailError::Empty) => text!(form.email_empty).to_owned(),
        FormProblem::Email(EmailError::TooLong) => text!(form.email_long).to_owned(),
        FormProblem::Email(EmailError::Malformed) => text!(form.email_malformed).to_owned(),
        FormProblem::EmailTaken => text!(form.email_taken).to_owned(),
        FormProblem::Password(PasswordError::TooShort) => text!(form.password_short).to_owned(),
        FormProblem::Password(PasswordError::TooLong) => text!(form.password_long).to_owned(),
        FormProblem::Credentials => text!(form.credentials).to_owned(),
        FormProblem::TooMany { seconds } => text!(form.too_many, seconds = seconds),
    }
}
