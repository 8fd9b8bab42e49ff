//! Who sent this request: one extension that handlers and server functions read.

use app::cookie as cookies;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::Services;
use backend::service::Error;
use backend::service::people::{self, NewSession, Signed};
use cookie::Cookie;
use domain::language::Language;
use http::HeaderMap;
use http::header::{CONTENT_LANGUAGE, HeaderValue, SET_COOKIE};
use secrecy::SecretString;

use crate::http::{State as AppState, page};
use crate::middleware::cache::Keep;

/// How many cookies of the session's name are tried: another site of the same
/// domain may have set one as well.
const MOST_SECRETS: usize = 4;

/// Inserts `Option<Signed>`. Files need none, so they cost no look-up.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let mut signed = None;
    if !is_file(request.uri().path()) {
        signed = match find(&state.services, request.headers(), state.cookies.name()).await {
            Ok(signed) => signed,
            Err(error) => return page::internal(&error),
        };
    }
    let (signed, renewed) = signed.map_or((None, None), |(signed, secret)| {
        let renewed = signed.renewed.then_some(NewSession { secret });
        (Some(signed), renewed)
    });
    let language = signed.as_ref().and_then(|signed: &Signed| signed.profile.language);
    request.extensions_mut().insert(signed);
    let mut response = run(request, next, language).await;
    if let Some(session) = renewed {
        renew(&mut response, &cookies::session(state.cookies, Some(&session)));
    }
    response
}

/// Answers in the language that the person has chosen, unless the address names one.
async fn run(mut request: Request, next: Next, language: Option<Language>) -> Response {
    let Some(language) = language.filter(|_| Language::of_path(request.uri().path()).is_none()) else {
        return next.run(request).await;
    };
    request.extensions_mut().insert(language);
    let mut response = app::in_language(language, next.run(request)).await;
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response
}

/// The cookie lasts as long as the session: from its last use on. Not beside
/// another one of its name, and not in an answer that others are given too.
fn renew(response: &mut Response, cookie: &Cookie<'_>) {
    let begin = format!("{}=", cookie.name());
    let is_set = response.headers().get_all(SET_COOKIE).iter().any(|set| set.as_bytes().starts_with(begin.as_bytes()));
    if !is_set
        && response.extensions().get::<Keep>().is_none()
        && let Ok(cookie) = cookie.to_string().parse()
    {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

type Found = Option<(Signed, SecretString)>;

async fn find(services: &Services, headers: &HeaderMap, name: &str) -> Result<Found, Error> {
    for secret in cookies::values(headers, name).filter(|secret| !secret.is_empty()).take(MOST_SECRETS) {
        let secret = SecretString::from(secret);
        if let Some(signed) = people::current(services, &secret).await? {
            return Ok(Some((signed, secret)));
        }
    }
    Ok(None)
}

fn is_file(path: &str) -> bool {
    path.starts_with("/pkg/") || path.starts_with("/fonts/") || path == "/healthz"
}
