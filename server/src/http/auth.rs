//! To Meta's consent page and back.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use backend::Services;
use backend::random;
use backend::service::flow::{self, Callback, Finished, Outcome, Place, Trouble, Wish};
use backend::service::people::{CookiePolicy, Signed, session_cookie};
use backend::service::{Error, flow as flows};
use domain::id::AccountId;
use domain::platform::Platform;
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::page;

const BROWSER_COOKIE: &str = "pilotlight_flow";
const SECRET_CHARS: usize = 43;

/// What a trip is for, as links write it.
#[derive(Debug, Deserialize)]
pub struct StartQuery {
    #[serde(rename = "for")]
    wanted: Option<String>,
    refresh: Option<String>,
    /// Present after an answer that did not help: Meta must be told to ask again.
    #[serde(default)]
    ask_again: bool,
}

impl StartQuery {
    fn wish(&self) -> Option<Wish> {
        match (self.wanted.as_deref(), &self.refresh) {
            (Some("login"), None) => Some(Wish::LogIn),
            (Some("connect"), None) => Some(Wish::Connect),
            (Some("public"), None) => Some(Wish::Public),
            (None, Some(account)) => account.parse::<AccountId>().ok().map(Wish::Refresh),
            _ => None,
        }
    }
}

/// `GET /auth/{platform}/start`: remembers the wish and leads to Meta.
pub async fn start(
    State(services): State<Services>,
    State(cookies): State<CookiePolicy>,
    Path(platform): Path<String>,
    Query(query): Query<StartQuery>,
    Extension(signed): Extension<Option<Signed>>,
    jar: CookieJar,
) -> Response {
    let (Ok(platform), Some(wish)) = (platform.parse::<Platform>(), query.wish()) else {
        return page::not_found();
    };
    if signed.is_none() && matches!(wish, Wish::Connect | Wish::Refresh(_)) {
        return Redirect::to("/login").into_response();
    }
    let browser = browser_secret(&jar).unwrap_or_else(random::secret);
    match flow::start(&services, platform, wish, query.ask_again, signed.as_ref(), &browser).await {
        Ok(address) => {
            let jar = jar.add(browser_cookie(&browser, cookies));
            (jar, Redirect::to(address.as_str())).into_response()
        }
        Err(Error::NotFound) => page::not_found(),
        Err(Error::NotConfigured(_)) => page::not_configured(platform),
        Err(error) => page::internal(&error),
    }
}

/// What Meta's redirect carries; everything else in it is ignored.
#[derive(Deserialize)]
pub struct CallbackQuery {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// `GET /auth/{platform}/callback`: does what the trip was for.
pub async fn callback(
    State(services): State<Services>,
    State(cookies): State<CookiePolicy>,
    Path(platform): Path<String>,
    query: Result<Query<CallbackQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Response {
    let Ok(platform) = platform.parse::<Platform>() else {
        return page::not_found();
    };
    let Ok(Query(query)) = query else {
        return Redirect::to(&trouble_address(platform, &Trouble::Expired, None)).into_response();
    };
    let callback =
        Callback { code: query.code.map(Into::into), state: query.state.map(Into::into), error: query.error };
    let browser = browser_secret(&jar);
    match flows::finish(&services, platform, callback, browser.as_ref(), device(&headers)).await {
        Ok(finished) => lead_on(platform, finished, cookies),
        Err(error) => page::internal(&error),
    }
}

fn lead_on(platform: Platform, finished: Finished, cookies: CookiePolicy) -> Response {
    let address = match &finished.outcome {
        Outcome::Arrived { place, notice, .. } => {
            let page = match place {
                Place::Dashboard => "/dashboard".to_owned(),
                Place::AccessToken => "/access-token".to_owned(),
                Place::Account(account) => format!("/accounts/{account}"),
            };
            notice.map_or(page.clone(), |notice| format!("{page}?notice={notice}"))
        }
        Outcome::Trouble(trouble) => trouble_address(platform, trouble, finished.again.as_deref()),
    };
    let mut response = (StatusCode::SEE_OTHER, [(http::header::LOCATION, address)]).into_response();
    if let Some(session) = &finished.session
        && let Ok(cookie) = session_cookie(&cookies, Some(session)).parse()
    {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The page that explains a trouble; its query holds names only.
fn trouble_address(platform: Platform, trouble: &Trouble, again: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("platform", platform.as_str());
    if let Some(again) = again {
        query.append_pair("again", again);
    }
    let kind = match trouble {
        Trouble::Expired => "expired",
        Trouble::Denied => "denied",
        Trouble::MissingPermission { scopes } => {
            query.append_pair("missing", &scopes.join(","));
            "missing-permission"
        }
        Trouble::PersonalAccount { username } => {
            query.append_pair("found", username);
            "personal-account"
        }
        Trouble::NoAccounts => "no-accounts",
        Trouble::WrongAccount { expected, found } => {
            query.append_pair("expected", expected);
            query.append_pair("found", &found.join(","));
            "wrong-account"
        }
        Trouble::UnknownAccount { found } => {
            query.append_pair("found", &found.join(","));
            "unknown-account"
        }
        Trouble::CodeSpent => "code-spent",
        Trouble::MetaDown => "meta-down",
        Trouble::AppFault => "app-fault",
    };
    format!("/auth/trouble/{kind}?{}", query.finish())
}

fn browser_secret(jar: &CookieJar) -> Option<SecretString> {
    let value = jar.get(BROWSER_COOKIE)?.value();
    (value.len() == SECRET_CHARS).then(|| value.to_owned().into())
}

/// Binds a trip to this browser. It comes back with Meta's redirect, which is
/// a top-level navigation from another site: `Lax`.
fn browser_cookie(secret: &SecretString, policy: CookiePolicy) -> Cookie<'static> {
    Cookie::build((BROWSER_COOKIE, secret.expose_secret().to_owned()))
        .path("/auth")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(policy.secure)
        .build()
}

fn device(headers: &HeaderMap) -> &str {
    headers.get(http::header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
