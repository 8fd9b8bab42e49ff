//! Who asks: networks, proxies, and how long a browser stays signed in.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::ConnectInfo;
use domain::id::PersonId;
use http::header::{COOKIE, RETRY_AFTER};

use super::*;

const START: &str = "/auth/instagram/start?for=login";

fn asks(path: &str, peer: &str, forwarded_for: &str) -> Request<Body> {
    let peer: SocketAddr = format!("{peer}:4711").parse().unwrap();
    let request = Request::get(path).header(ACCEPT, "text/html").header("x-forwarded-for", forwarded_for);
    request.extension(ConnectInfo(peer)).body(Body::empty()).unwrap()
}

async fn execute(site: &Site, sql: &str) {
    let file = site.data.path().join("pilotlight.db");
    let db = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    assert!(db.execute_unprepared(sql).await.unwrap().rows_affected() > 0, "{sql}");
    db.close().await.unwrap();
}

async fn get(site: &Site, path: &str, cookie: &HeaderValue) -> (StatusCode, Response<()>, String) {
    let request = Request::get(path).header(ACCEPT, "text/html").header(COOKIE, cookie);
    site.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_to_wait_and_nobody_else() {
    let site = Site::open_with(Raw { trusted_proxies: Some("10.0.0.0/8".into()), ..Raw::default() }).await;
    let start = async |peer, forwarded_for| site.send(asks(START, peer, forwarded_for)).await;
    for _ in 0..120 {
        assert_eq!(start("10.0.0.1", "203.0.113.7").await.0, StatusCode::SEE_OTHER);
    }
    let (mut status, mut response, mut body) = start("10.0.0.1", "203.0.113.7").await;
    // One comes back a second.
    for _ in 0..120 {
        if status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        (status, response, body) = start("10.0.0.1", "1.1.1.1, 203.0.113.7").await;
    }
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "whatever is written before it");
    assert_eq!(response.headers()[RETRY_AFTER], "1");
    assert!(body.contains("That was too often"), "{body}");
    assert_eq!(start("10.0.0.1", "203.0.113.8").await.0, StatusCode::SEE_OTHER);
    // No proxy of ours: what it says is nobody's word.
    assert_eq!(start("198.51.100.1", "203.0.113.7").await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_that_is_used_does_not_end_with_its_first_cookie() {
    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    let (status, response, _) = get(&site, "/sessions", &cookie).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!response.headers().contains_key(SET_COOKIE), "it was set just now");

    let earlier = "UPDATE session SET seen_at = '2026-01-01 00:00:00.000000 +00:00'";
    execute(&site, earlier).await;
    let (_, response, _) = get(&site, "/sessions", &cookie).await;
    assert!(!response.headers().contains_key(SET_COOKIE), "it is over");

    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    execute(&site, "UPDATE session SET seen_at = strftime('%Y-%m-%d %H:%M:%f', 'now', '-2 hours')").await;
    let (status, response, _) = get(&site, "/sessions", &cookie).await;
    assert_eq!(status, StatusCode::OK);
    let renewed = response.headers()[SET_COOKIE].to_str().unwrap();
    assert!(renewed.starts_with(cookie.to_str().unwrap()) && renewed.contains("Max-Age=7776000"), "{renewed}");
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_nobody_has_hundreds() {
    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    let (_, _, page) = get(&site, "/dashboard", &cookie).await;
    let id = |text: &[u8]| str::from_utf8(text).ok()?.parse::<PersonId>().ok();
    let person = page.as_bytes().windows(36).find_map(id).expect("the page says whose it is");
    let path = format!("/events/queue?person={person}");
    let open = async || {
        let request = Request::get(path.as_str()).header(COOKIE, &cookie).body(Body::empty()).unwrap();
        site.router.clone().oneshot(request).await.unwrap()
    };
    let mut streams = Vec::new();
    for _ in 0..24 {
        let answer = open().await;
        assert_eq!(answer.status(), StatusCode::OK);
        streams.push(answer.into_body());
    }
    assert_eq!(open().await.status(), StatusCode::TOO_MANY_REQUESTS);
    let mut stream = streams.pop().unwrap();
    drop(streams);
    assert_eq!(open().await.status(), StatusCode::OK, "closed ones do not count");

    assert!(stream.frame().await.is_some());
    execute(&site, "DELETE FROM session").await;
    let rest = tokio::time::timeout(Duration::from_secs(60), stream.frame());
    assert!(rest.await.unwrap().is_none(), "it ends");
}

#[tokio::test]
async fn no_other_site_of_the_domain_can_plant_the_cookie_of_a_trip() {
    let site = Site::open_with(public("https://widgets.example")).await;
    let (_, response, _) = site.get(START).await;
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-pilotlight_flow=") && cookie.ends_with("; Secure; Path=/"), "{cookie}");
}
