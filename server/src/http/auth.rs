//! To Meta's consent page and back.

use app::{Route, cookie as cookies};
use axum::Extension;
use axum::extract::{Path, Query, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Services;
use backend::random;
use backend::service::Error;
use backend::service::client::{Client, Network};
use backend::service::flow::{self, Callback, Finished, Outcome, Place, Refused, Trouble};
use backend::service::people::{CookiePolicy, Signed};
use cookie::{Cookie, SameSite};
use domain::authorization::Intent;
use domain::language::Language;
use domain::platform::Platform;
use http::header::{SET_COOKIE, USER_AGENT};
use http::{HeaderMap, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::page;

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
    fn intent(&self) -> Option<Intent> {
        let written = match (&self.wanted, &self.refresh) {
            (Some(word), None) => format!("for={word}"),
            (None, Some(account)) => format!("refresh={account}"),
            _ => return None,
        };
        written.parse().ok()
    }
}

/// `GET /auth/{platform}/start`: remembers the intent and leads to Meta.
pub async fn start(
    State(services): State<Services>,
    State(policy): State<CookiePolicy>,
    Path(platform): Path<String>,
    Query(query): Query<StartQuery>,
    Extension(signed): Extension<Option<Signed>>,
    Extension(network): Extension<Network>,
    headers: HeaderMap,
) -> Response {
    let (Ok(platform), Some(intent)) = (platform.parse::<Platform>(), query.intent()) else {
        return page::not_found();
    };
    if signed.is_none() && matches!(intent, Intent::Connect | Intent::Link | Intent::Refresh(_)) {
        return Redirect::to(&Route::LogIn.address()).into_response();
    }
    let browser = browser_secret(&headers, policy).unwrap_or_else(random::secret);
    match flow::start(&services, platform, intent, query.ask_again, signed.as_ref(), &browser, &network).await {
        Ok(address) => {
            let mut response = Redirect::to(address.as_str()).into_response();
            set(&mut response, &browser_cookie(&browser, policy));
            response
        }
        Err(Error::NotFound) => page::not_found(),
        Err(Error::NotConfigured(_)) => page::not_configured(platform),
        Err(Error::TooMany { seconds }) => page::too_many(seconds),
        Err(error) => page::internal(&error),
    }
}

/// What Meta's redirect carries; everything else in it is ignored. Any bytes
/// are read: Meta's words may be in any language and writing.
fn carried(query: &str) -> Callback {
    let fields: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let get = |name: &str| {
        let found = fields.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.clone().into_owned())
    };
    let words = ["error_description", "error_message"].into_iter().filter_map(get).collect::<Vec<_>>().join(" ");
    Callback {
        code: get("code").map(Into::into),
        state: get("state").map(Into::into),
        refused: Refused::read(get("error"), get("error_code"), get("error_reason"), words),
    }
}

/// `GET /auth/{platform}/callback`: does what the trip was for.
pub async fn callback(
    State(services): State<Services>,
    State(policy): State<CookiePolicy>,
    Path(platform): Path<String>,
    RawQuery(query): RawQuery,
    Extension(signed): Extension<Option<Signed>>,
    (Extension(network), Extension(language)): (Extension<Network>, Extension<Language>),
    headers: HeaderMap,
) -> Response {
    let Ok(platform) = platform.parse::<Platform>() else {
        return page::not_found();
    };
    let callback = carried(&query.unwrap_or_default());
    let browser = browser_secret(&headers, policy);
    let client = Client::new(&device(&headers), network, signed.map(|signed| signed.session), language);
    match flow::finish(&services, platform, callback, browser.as_ref(), &client).await {
        Ok(finished) => lead_on(platform, finished, policy),
        Err(error) => page::internal(&error),
    }
}

fn lead_on(platform: Platform, finished: Finished, policy: CookiePolicy) -> Response {
    let address = match &finished.outcome {
        Outcome::Arrived { place, notice, .. } => {
            let page = match place {
                Place::Dashboard => Route::Dashboard,
                Place::AccessToken => Route::AccessToken,
                Place::Account(account) => Route::Account(*account),
                Place::Settings => Route::Settings,
            };
            notice.map_or_else(|| page.address(), |notice| page.saying(notice))
        }
        Outcome::Trouble(trouble) => trouble_address(platform, trouble, finished.intent),
    };
    let mut response = (StatusCode::SEE_OTHER, [(http::header::LOCATION, address)]).into_response();
    if let Some(session) = &finished.session {
        set(&mut response, &cookies::session(policy, Some(session)));
    }
    response
}

/// The page that explains a trouble; its query holds names only.
fn trouble_address(platform: Platform, trouble: &Trouble, again: Option<Intent>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("platform", platform.as_str());
    if let Some(again) = again {
        query.append_pair("again", &again.to_string());
    }
    match trouble {
        Trouble::MissingPermission { scopes } => {
            query.append_pair("missing", &scopes.join(","));
        }
        Trouble::PersonalAccount { username } => {
            query.append_pair("found", username);
        }
        Trouble::WrongAccount { expected, found } => {
            query.append_pair("expected", expected);
            query.append_pair("found", &found.join(","));
        }
        Trouble::UnknownAccount { found } => {
            query.append_pair("found", &found.join(","));
        }
        _ => {}
    }
    format!("{}?{}", Route::Trouble(trouble.kind()).address(), query.finish())
}

/// Its name and where it is sent. With https no other site of the same domain can
/// plant one: browsers insist on what the prefix promises.
const fn browser_cookie_name(policy: CookiePolicy) -> (&'static str, &'static str) {
    if policy.secure { ("__Host-pilotlight_flow", "/") } else { ("pilotlight_flow", "/auth") }
}

fn browser_secret(headers: &HeaderMap, policy: CookiePolicy) -> Option<SecretString> {
    cookies::values(headers, browser_cookie_name(policy).0).find(|value| value.len() == SECRET_CHARS).map(Into::into)
}

fn set(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(cookie) = cookie.to_string().parse() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// Binds a trip to this browser. It comes back with Meta's redirect, which is
/// a top-level navigation from another site: `Lax`.
fn browser_cookie(secret: &SecretString, policy: CookiePolicy) -> Cookie<'static> {
    let (name, path) = browser_cookie_name(policy);
    Cookie::build((name, secret.expose_secret().to_owned()))
        .path(path)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(policy.secure)
        .build()
}

fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).map(http::HeaderValue::as_bytes).unwrap_or_default();
    String::from_utf8_lossy(agent).into_owned()
}
