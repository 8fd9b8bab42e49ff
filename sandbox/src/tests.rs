//! The sandbox from outside: through its routers.

mod callbacks;
mod consent;
mod control;
mod facebook;
mod faults;
mod instagram;
mod pictures;
mod switches;

use crate::{Sandbox, Settings};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, Response, StatusCode},
};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use url::Url;

const PRODUCT: &str = "http://127.0.0.1:3000";
const INSTAGRAM_REDIRECT: &str = "http://127.0.0.1:3000/auth/instagram/callback";
const FACEBOOK_REDIRECT: &str = "http://127.0.0.1:3000/auth/facebook/callback";
const BASIC: &str = "instagram_business_basic";

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        Self { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Code and subcode of a Graph error.
    fn code(&self) -> (u64, Option<u64>) {
        let error = &self.json()["error"];
        (error["code"].as_u64().unwrap_or_else(|| panic!("no error: {}", self.text)), error["error_subcode"].as_u64())
    }

    fn location(&self) -> Url {
        let target = self.headers.get("location").unwrap_or_else(|| panic!("{} {}", self.status, self.text));
        Url::parse(target.to_str().unwrap()).unwrap()
    }
}

fn sandbox() -> Sandbox {
    Sandbox::open(Settings::new("http://127.0.0.1:4010", PRODUCT)).unwrap()
}

async fn send(router: Router, request: Request<Body>) -> Answer {
    Answer::read(router.oneshot(request).await.unwrap()).await
}

async fn get(sandbox: &Sandbox, path: &str) -> Answer {
    send(sandbox.meta_router(), Request::get(path).body(Body::empty()).unwrap()).await
}

async fn delete(sandbox: &Sandbox, path: &str) -> Answer {
    send(sandbox.meta_router(), Request::delete(path).body(Body::empty()).unwrap()).await
}

fn query(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn post(sandbox: &Sandbox, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(query(fields)))
        .unwrap();
    send(sandbox.meta_router(), request).await
}

async fn control(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request =
        Request::builder().method(method).uri(path).header("host", "127.0.0.1:4011").body(Body::from(body)).unwrap();
    send(sandbox.control_router(), request).await
}

/// A control call that has to succeed.
async fn order(sandbox: &Sandbox, path: &str, body: Value) -> Value {
    let answer = control(sandbox, "POST", path, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn advance(sandbox: &Sandbox, seconds: i64) {
    order(sandbox, "/control/clock", json!({ "advance_seconds": seconds })).await;
}

/// A token made without consent.
async fn token(sandbox: &Sandbox, username: &str, kind: &str) -> String {
    let made = order(sandbox, "/control/tokens", json!({ "username": username, "kind": kind })).await;
    made["access_token"].as_str().unwrap().to_owned()
}

/// What the app asks for at Instagram.
fn instagram_ask() -> Vec<(&'static str, &'static str)> {
    vec![
        ("client_id", "6100000000000001"),
        ("redirect_uri", INSTAGRAM_REDIRECT),
        ("response_type", "code"),
        ("scope", "instagram_business_basic,instagram_business_manage_comments"),
        ("state", "s t/1"),
    ]
}

/// The form of the code exchange.
fn exchange_form(code: &str) -> Vec<(&'static str, String)> {
    vec![
        ("client_id", "6100000000000001".to_owned()),
        ("client_secret", "sandbox-instagram-secret".to_owned()),
        ("grant_type", "authorization_code".to_owned()),
        ("redirect_uri", INSTAGRAM_REDIRECT.to_owned()),
        ("code", code.to_owned()),
    ]
}

async fn exchange(sandbox: &Sandbox, form: &[(&'static str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    post(sandbox, "/oauth/access_token", &fields).await
}

/// Consent at Instagram with the given permissions ticked.
async fn consent(sandbox: &Sandbox, username: &str, ticked: &[&str]) -> Answer {
    let own: Vec<(&str, &str)> = [("as", username), ("decision", "allow")].into();
    let boxes = ticked.iter().map(|scope| ("permission", *scope));
    let fields: Vec<(&str, &str)> = instagram_ask().into_iter().chain(own).chain(boxes).collect();
    post(sandbox, "/oauth/authorize/decide", &fields).await
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn code(sandbox: &Sandbox, username: &str) -> String {
    parameter(&consent(sandbox, username, &[BASIC]).await.location(), "code").unwrap()
}
