//! A plain form that was refused goes back to its page, which says why and
//! shows again what was typed. That travels in a cookie for this page alone,
//! which no script reads and which ends with the page. leptos would write it
//! into the address, and so into logs, histories and whatever follows a link.

use std::io::{Read, Write};

use app::{Refusal, cookie as cookies};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::service::people::CookiePolicy;
use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use crate::http::State as AppState;
use crate::middleware::cache::Keep;

const NAME: &str = "pilotlight_refusal";
/// As long as a browser takes for one redirect, on a bad line.
const AGE: Duration = Duration::seconds(60);
/// What browsers keep of a cookie, its name and attributes included.
const MOST_BYTES: usize = 3800;
/// More than any form of ours holds.
const MOST_READ: u64 = 64 * 1024;

/// Takes a refusal out of the address that a form is sent back to, and brings
/// it to the page.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let here = request.uri().path().to_owned();
    let brought = (request.method() == Method::GET).then(|| brought(request.headers())).flatten();
    let ends = brought.is_some();
    if let Some(refusal) = brought {
        request.extensions_mut().insert(refusal);
    }
    let mut response = next.run(request).await;
    if let Some((address, cookie)) = taken(response.headers(), state.cookies) {
        response.headers_mut().insert(LOCATION, address);
        set(&mut response, &cookie);
    } else if ends && response.extensions().get::<Keep>().is_none() {
        set(&mut response, &cookie(state.cookies, here, String::new(), Duration::ZERO));
    }
    response
}

/// The cookie that brings a refusal to its page. `None` where it would be too long.
pub fn kept(policy: CookiePolicy, page: &str, Refusal(text): &Refusal) -> Option<Cookie<'static>> {
    let page = page.split(['?', '#']).next().unwrap_or(page).to_owned();
    Some(cookie(policy, page, packed(text)?, AGE))
}

/// Adds a cookie to an answer.
pub fn set(response: &mut Response, cookie: &Cookie<'_>) {
    // Ours are plain ASCII; a path that is not would be refused here.
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

fn cookie(policy: CookiePolicy, path: String, value: String, age: Duration) -> Cookie<'static> {
    Cookie::build((NAME, value))
        .path(path)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(age)
        .secure(policy.secure)
        .build()
}

/// The address without the refusal, and the refusal as a cookie of its page.
fn taken(headers: &HeaderMap, policy: CookiePolicy) -> Option<(HeaderValue, Cookie<'static>)> {
    let mut address = Url::parse(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    let of = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let (function, error) = (of("__path")?, String::from_utf8(URL_SAFE.decode(of("__err")?).ok()?).ok()?);
    let value = packed(&format!("{function}\n{error}"))
        .or_else(|| packed(&format!("{function}\n{}", without_draft(&error)?)))?;
    let rest = pairs.iter().filter(|(key, _)| key != "__path" && key != "__err");
    address.set_query(None);
    for (key, value) in rest {
        address.query_pairs_mut().append_pair(key, value);
    }
    let path = address.path().to_owned();
    Some((HeaderValue::from_str(address.as_str()).ok()?, cookie(policy, path, value, AGE)))
}

/// `None` where it would be too long.
fn packed(text: &str) -> Option<String> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(text.as_bytes()).ok()?;
    let value = URL_SAFE_NO_PAD.encode(packer.finish().ok()?);
    (value.len() <= MOST_BYTES).then_some(value)
}

/// What is wrong matters more than what was typed, which stands in the browser's history.
fn without_draft(error: &str) -> Option<String> {
    let mut error: serde_json::Value = serde_json::from_str(error).ok()?;
    *error.get_mut("Form")?.get_mut("draft")? = serde_json::json!([]);
    Some(error.to_string())
}

fn brought(headers: &HeaderMap) -> Option<Refusal> {
    let packed = cookies::values(headers, NAME).find(|value| !value.is_empty())?;
    let mut text = String::new();
    let bytes = URL_SAFE_NO_PAD.decode(packed).ok()?;
    ZlibDecoder::new(bytes.as_slice()).take(MOST_READ).read_to_string(&mut text).ok()?;
    Some(Refusal(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: CookiePolicy = CookiePolicy { secure: false };

    fn sent_back(error: &str) -> HeaderMap {
        let mut url = Url::parse("https://example.com/login?next=%2Faccounts&x=%C3%BC").unwrap();
        url.query_pairs_mut().append_pair("__path", "/api/log-in").append_pair("__err", &URL_SAFE.encode(error));
        HeaderMap::from_iter([(LOCATION, url.as_str().parse().unwrap())])
    }

    fn read(cookie: &Cookie<'_>) -> Option<Refusal> {
        let line = format!("a=b; {}={}", cookie.name(), cookie.value());
        brought(&HeaderMap::from_iter([(http::header::COOKIE, line.parse().unwrap())]))
    }

    #[test]
    fn a_refusal_leaves_the_address_and_reaches_its_page_alone() {
        let error = r#"{"Form":{"draft":[["email","ann@example.com"]],"problems":[]}}"#;
        let (address, cookie) = taken(&sent_back(error), POLICY).unwrap();
        assert_eq!(address, "https://example.com/login?next=%2Faccounts&x=%C3%BC");
        assert_eq!(read(&cookie).unwrap().0, format!("/api/log-in\n{error}"));
        let said = cookie.to_string();
        assert!(said.ends_with("; HttpOnly; SameSite=Lax; Path=/login; Max-Age=60"), "{said}");
    }

    #[test]
    fn what_is_too_long_for_a_cookie_keeps_what_is_wrong() {
        // Nothing that could be packed.
        let mut seed = 1_u64;
        let noise: String = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{seed:x}")
        })
        .take(600)
        .collect();
        let error = format!(r#"{{"Form":{{"draft":[["title","{noise}"]],"problems":["wrong"]}}}}"#);
        let (_, cookie) = taken(&sent_back(&error), POLICY).unwrap();
        assert!(cookie.value().len() <= MOST_BYTES);
        assert_eq!(read(&cookie).unwrap().0, "/api/log-in\n{\"Form\":{\"draft\":[],\"problems\":[\"wrong\"]}}");
    }

    #[test]
    fn other_addresses_and_garbage_are_left_alone() {
        for location in ["/accounts", "https://example.com/?__path=1", "https://example.com/?__path=1&__err=%ff"] {
            let headers = HeaderMap::from_iter([(LOCATION, location.parse().unwrap())]);
            assert!(taken(&headers, POLICY).is_none(), "{location}");
        }
        for value in ["", "x", "%ff", "eJwrSS0uAQAEXQHB!", "AAAA"] {
            let line = format!("{NAME}={value}");
            assert!(
                brought(&HeaderMap::from_iter([(http::header::COOKIE, line.parse().unwrap())])).is_none(),
                "{value}"
            );
        }
    }
}
