//! The real router: what every request passes through, and bad input.

mod brought;
mod bytes;
mod clients;
mod embeds;
mod origin;

use axum::Router;
use axum::body::Body;
use backend::config::{Config, Raw};
use http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::BodyExt;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{State, router};
use crate::wiring;

struct Site {
    router: Router,
    data: TempDir,
}

/// An installation that people reach under this origin, with Meta itself.
fn public(base_url: &str) -> Raw {
    Raw {
        base_url: Some(base_url.into()),
        secret_key: Some("a".repeat(64)),
        instagram_client_id: Some("1".into()),
        instagram_client_secret: Some("s".into()),
        ..Raw::default()
    }
}

impl Site {
    async fn open() -> Self {
        Self::open_with(Raw::default()).await
    }

    async fn open_with(raw: Raw) -> Self {
        backend::tls::install();
        let data = tempfile::tempdir().unwrap();
        let raw = Raw { data_dir: data.path().to_owned(), ..raw };
        let config = Config::from_raw(raw).unwrap();
        let services = wiring::services(&config, wiring::clock(None)).await.unwrap();
        let (_keep, stop) = tokio::sync::watch::channel(false);
        Self { router: router(State::new(services, &config, stop).unwrap()), data }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Response<()>, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (parts.status, Response::from_parts(parts, ()), text)
    }

    async fn get(&self, path: &str) -> (StatusCode, Response<()>, String) {
        self.send(Request::get(path).header(ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: impl Into<Body>) -> (StatusCode, Response<()>, String) {
        let request = Request::post(path)
            .header(ACCEPT, "text/html")
            .header(HOST, "127.0.0.1:3000")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(body.into()).unwrap()).await
    }
}

/// Signs somebody up and returns the cookie pair.
async fn signed_up(site: &Site) -> HeaderValue {
    let form = "email=ann%40example.com&password=correct+horse";
    let (status, response, body) = site.post("/api/session/sign-up", form).await;
    assert!(status.is_redirection(), "{status} {body}");
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn health_is_told_and_a_lost_database_turns_readiness_red() {
    let site = Site::open().await;
    assert_eq!(site.get("/healthz").await.0, StatusCode::OK);
    assert_eq!(site.get("/readyz").await.0, StatusCode::OK);
    let holder = lock_the_database(&site).await;
    // Within a second it is not asked again.
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let (status, _, body) = site.get("/readyz").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(body.contains("failing"));
    drop(holder);
}

/// Somebody else holds the database's write lock for longer than anybody waits.
async fn lock_the_database(site: &Site) -> DatabaseConnection {
    let file = site.data.path().join("pilotlight.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
    options.max_connections(1);
    let other = Database::connect(options).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    other
}

#[test]
fn a_stranger_tries_every_server_function() {
    let spec = include_str!("../../../end2end/tests/strangers.server.spec.ts");
    let paths: Vec<_> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        let name = path.strip_prefix("/api/").expect("below /api");
        assert!(spec.contains(&format!("\"{name}\"")), "{name} is in no list of strangers.server.spec.ts");
    }
}

#[tokio::test]
async fn every_page_has_a_policy_whose_nonce_its_scripts_carry() {
    let site = Site::open().await;
    let (status, response, body) = site.get("/").await;
    assert_eq!(status, StatusCode::OK);
    let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(body.contains(&format!("nonce=\"{nonce}\"")), "{body}");
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"));
    assert!(!body.contains(" style=\"") && !body.contains(" onclick="));
    let (_, second, _) = site.get("/").await;
    assert_ne!(second.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap(), policy);
    assert!(response.headers().contains_key("x-request-id"));
}

#[tokio::test]
async fn what_does_not_exist_is_404_with_a_page() {
    let site = Site::open().await;
    for path in
        ["/nowhere", "/auth/myspace/start?for=login", "/auth/instagram/start?for=fun", "/auth/facebook/start?refresh=1"]
    {
        let (status, _, body) = site.get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(body.contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn a_trip_to_the_consent_page_is_bound_to_the_browser() {
    let site = Site::open().await;
    let (status, response, _) = site.get("/auth/instagram/start?for=login").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let address = response.headers()[LOCATION].to_str().unwrap();
    assert!(address.contains("/oauth/authorize?") && address.contains("state="), "{address}");
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/auth"));
    // Somebody else's browser with the same state, and states nobody made.
    let state = address.split("state=").nth(1).unwrap().split('&').next().unwrap();
    for query in [
        format!("code=x&state={state}"),
        "code=x&state=guessed".into(),
        "code=x".into(),
        String::new(),
        "%ff=%fe".into(),
    ] {
        let (status, response, _) = site.get(&format!("/auth/instagram/callback?{query}")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{query}");
        let place = response.headers()[LOCATION].to_str().unwrap();
        assert!(place.starts_with("/auth/trouble/expired?"), "{place}");
        assert!(!response.headers().contains_key("set-cookie"));
    }
    assert_eq!(site.get("/auth/trouble/expired?platform=instagram").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn forms_from_other_sites_and_oversized_ones_are_refused_with_a_page() {
    let site = Site::open().await;
    let foreign = Request::post("/meta/instagram/deauthorize")
        .header(HOST, "127.0.0.1:3000")
        .header(ORIGIN, "https://evil.example")
        .header(ACCEPT, "text/html")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, _, body) = site.send(foreign.body("signed_request=x".into()).unwrap()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body.contains("another site"));
    let (status, _, _) =
        site.post("/meta/instagram/deauthorize", format!("signed_request={}", "a".repeat(1_000_000))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn unsigned_callbacks_are_400_and_say_why() {
    let site = Site::open().await;
    for body in ["signed_request=nonsense", "signed_request=a.b", "", "signed_request=%ff", "other=1"] {
        for path in ["/meta/instagram/deauthorize", "/meta/facebook/data-deletion"] {
            let (status, _, text) = site.post(path, body).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{path} {body}");
            assert!(text.contains("error"), "{text}");
        }
    }
    assert_eq!(site.post("/meta/myspace/deauthorize", "signed_request=a.b").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signed_out_people_are_led_to_the_login() {
    let site = Site::open().await;
    for path in ["/dashboard", "/accounts", "/sessions"] {
        let (status, response, _) = site.get(path).await;
        assert!(status.is_redirection(), "{path}: {status}");
        assert!(response.headers()[LOCATION].to_str().unwrap().starts_with("/login"), "{path}");
    }
    let (status, _, body) = site.get("/access-token").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Refresh the token"));
}

#[tokio::test]
async fn a_website_whose_widget_is_gone_gets_an_empty_page_and_stays_whole() {
    let site = Site::open().await;
    for path in
        ["/embed/00000000-0000-7000-8000-000000000000", "/embed/00000000-0000-7000-8000-000000000000.html", "/embed/x"]
    {
        let (status, response, body) = site.get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("frame-ancestors"), "{policy}");
        assert!(body.ends_with("<body></body></html>"), "{body}");
        assert!(!response.headers().contains_key("set-cookie"));
    }
    let (status, response, body) = site.get("/api/v1/widgets/00000000-0000-7000-8000-000000000000/feed").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(response.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("application/json"));
    assert!(body.contains("not_found"), "{body}");
}

#[tokio::test]
async fn pictures_that_nobody_keeps_are_404_whatever_their_name() {
    let site = Site::open().await;
    let hash = "a".repeat(64);
    for name in [format!("{hash}-320.webp"), format!("{hash}-0.webp"), "x".into(), "..%2F..%2Fsandbox.key".into()] {
        let (status, response, _) = site.get(&format!("/media/{name}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(response.headers()[http::header::CACHE_CONTROL], "no-store");
    }
}

#[tokio::test]
async fn what_belongs_to_somebody_is_not_told_to_strangers() {
    let site = Site::open().await;
    assert_eq!(site.get("/events/queue").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(site.get("/preview/00000000-0000-7000-8000-000000000000").await.0, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/preview/demo").await.0, StatusCode::NOT_FOUND, "no sandbox, no demo account");
    for path in ["/widgets", "/widgets/new", "/widgets/00000000-0000-7000-8000-000000000000"] {
        let (status, response, _) = site.get(path).await;
        assert!(status.is_redirection(), "{path}: {status}");
        assert!(response.headers()[LOCATION].to_str().unwrap().starts_with("/login"), "{path}");
    }
}

#[tokio::test]
async fn the_feed_is_described_and_the_loader_is_there() {
    let site = Site::open().await;
    let (status, _, body) = site.get("/api/v1/openapi.json").await;
    assert_eq!(status, StatusCode::OK);
    let document: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert!(document["paths"]["/api/v1/widgets/{widget}/feed"]["get"].is_object(), "{body}");
    let (status, response, body) = site.get("/embed.js").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("pilotlight-widget"));
    assert!(response.headers()[http::header::CACHE_CONTROL].to_str().unwrap().contains("max-age=3600"));
}
