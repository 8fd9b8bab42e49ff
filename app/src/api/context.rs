//! What a server function finds around it: services, the signed-in person,
//! cookies; and how it answers.

use axum::http::header::{ACCEPT, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use backend::Services;
use backend::service::Error;
use backend::service::client::{Client, Network};
use backend::service::people::{CookiePolicy, NewSession, Signed};
use backend::store;
use cookie::Cookie;
use domain::form::{Draft, FieldProblem, Problem};
use domain::language::Language;
use domain::mail::LinkProblem;
use domain::person::Email;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

use super::ApiError;
use crate::{cookie as cookies, draft};

/// The use cases' doors.
pub fn services() -> Services {
    expect_context()
}

/// Who is signed in, if anybody.
pub fn signed() -> Option<Signed> {
    use_context::<Parts>()?.extensions.get::<Option<Signed>>().cloned().flatten()
}

/// Who is signed in.
///
/// # Errors
/// [`ApiError::SignedOut`].
pub fn require_signed() -> Result<Signed, ApiError> {
    signed().ok_or_else(|| answer(ApiError::SignedOut))
}

/// A cookie of the request.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    cookies::values(&parts.headers, name).next()
}

/// The browser that asks.
pub fn client() -> Client {
    Client::new(&header(USER_AGENT), network(), signed().map(|signed| signed.session), language())
}

/// Where it is.
pub fn network() -> Network {
    let parts = use_context::<Parts>();
    parts.and_then(|parts| parts.extensions.get::<Network>().cloned()).unwrap_or_else(Network::unknown)
}

/// What it is answered in.
pub fn language() -> Language {
    crate::language::current()
}

/// Sets or removes the session cookie.
pub fn set_session(session: Option<&NewSession>) {
    set_cookie(&cookies::session(cookie_policy(), session));
}

/// How cookies are set.
pub fn cookie_policy() -> CookiePolicy {
    expect_context()
}

/// Adds a `Set-Cookie` header.
pub fn set_cookie(cookie: &Cookie<'_>) {
    let value = HeaderValue::from_str(&cookie.to_string());
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), value) {
        response.append_header(SET_COOKIE, value);
    }
}

/// Where the person goes next. A plain form is redirected; a hydrated page
/// gets the address and goes there itself, as a full navigation.
pub fn leave_for(path: impl Into<String>) -> String {
    let path = path.into();
    if is_plain_form() {
        leptos_axum::redirect(&path);
    }
    path
}

/// The words for an error of a use case. Internals are logged here, once.
pub fn failed(error: Error) -> ApiError {
    answer(match error {
        Error::NotFound => ApiError::NotFound,
        Error::Link(problem) => ApiError::Link { problem },
        Error::LastLogin => ApiError::LastLogin,
        Error::TooMany { seconds } => ApiError::TooMany { seconds },
        Error::NotConfigured(_) => ApiError::NotConfigured,
        Error::AtWork => ApiError::Busy,
        Error::Store(error @ (store::Error::Busy(_) | store::Error::Unavailable(_))) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "the database was asked in vain");
            ApiError::Busy
        }
        error => internal(&error),
    })
}

/// What a form calls the passwords in it.
#[derive(Clone, Copy)]
pub struct Typed {
    /// The one that somebody has.
    pub current: &'static str,
    /// The one that they choose.
    pub new: &'static str,
}

impl Typed {
    /// A form with one password.
    pub const PASSWORD: Self = Self { current: "password", new: "password" };
}

/// The same, for a form with an e-mail address or passwords. `shown` is what
/// stands in it again: never a password.
pub fn form_refused(error: Error, typed: Typed, shown: &[(&str, &str)]) -> ApiError {
    let problem = match error {
        Error::BadEmail(error) => FieldProblem::of("email", Problem::Email(error)),
        Error::BadPassword(error) => FieldProblem::of(typed.new, Problem::Password(error)),
        Error::WrongPassword => FieldProblem::of(typed.current, Problem::WrongPassword),
        Error::WrongCredentials => FieldProblem::of_all(Problem::Credentials),
        Error::TooMany { seconds } => FieldProblem::of_all(Problem::TooOften { seconds }),
        error => return failed(error),
    };
    let bounded = |text: &str| text.chars().take(Email::MAX_BYTES).collect();
    let draft = Draft(shown.iter().map(|(field, text)| ((*field).to_owned(), bounded(text))).collect());
    answer(ApiError::Form { draft, problems: vec![problem] })
}

/// The same, for the form with a widget's settings.
pub fn settings_failed(error: Error, draft: Draft) -> ApiError {
    match error {
        Error::Settings(problems) => answer(ApiError::Form { draft: draft::echo(draft), problems }),
        error => failed(error),
    }
}

fn internal(error: &Error) -> ApiError {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    tracing::error!(error = %error, cause = cause.as_deref(), "a use case failed");
    ApiError::Internal
}

/// Gives the answer its status, where the browser reads one: a plain form is
/// redirected to its page instead, and a page has a status of its own.
fn answer(error: ApiError) -> ApiError {
    let called = use_context::<Parts>().is_some_and(|parts| parts.uri.path().starts_with("/api/"));
    if called
        && !is_plain_form()
        && let Some(response) = use_context::<ResponseOptions>()
    {
        response.set_status(status(&error));
    }
    error
}

fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::SignedOut => StatusCode::UNAUTHORIZED,
        ApiError::NotFound | ApiError::Link { problem: LinkProblem::Unknown } => StatusCode::NOT_FOUND,
        ApiError::Link { .. } => StatusCode::GONE,
        ApiError::LastLogin => StatusCode::CONFLICT,
        ApiError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Form { problems, .. } if problems.iter().any(is_too_often) => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Form { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Malformed => StatusCode::BAD_REQUEST,
        ApiError::NotConfigured | ApiError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Unreachable | ApiError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn is_too_often(problem: &FieldProblem) -> bool {
    matches!(problem.problem, Problem::TooOften { .. })
}

fn is_plain_form() -> bool {
    header(ACCEPT).contains("text/html")
}

fn header(name: axum::http::HeaderName) -> String {
    let parts = use_context::<Parts>();
    let value = parts.as_ref().and_then(|parts| parts.headers.get(name));
    value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}
