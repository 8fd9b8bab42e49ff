//! The answer to a form brings what its page shows.

use http::header::COOKIE;

use super::*;

const JSON: &str = "application/json";

async fn told(site: &Site, cookie: &HeaderValue, path: &str, shows: &str) -> (StatusCode, String) {
    let request = Request::post(path)
        .header(ACCEPT, JSON)
        .header(HOST, "127.0.0.1:3000")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(COOKIE, cookie)
        .header(app::SHOWS, shows)
        .body(Body::from("theme=dark&session=00000000-0000-7000-8000-000000000000"));
    let (status, _, body) = site.send(request.unwrap()).await;
    (status, body)
}

#[tokio::test]
async fn an_answer_has_a_line_for_each_question_of_the_page() {
    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    let shows = "/api/session/list? /api/widget/get?widget=00000000-0000-7000-8000-000000000000 /nowhere? \u{b7}";
    let (status, body) = told(&site, &cookie, "/api/theme/set", "").await;
    assert_eq!((status, body.lines().count()), (StatusCode::OK, 1), "{body}");
    let (_, body) = told(&site, &cookie, "/api/theme/set", shows).await;
    assert_eq!(body.lines().count(), 1, "not a header of ours: {body}");
    let (_, body) =
        told(&site, &cookie, "/api/theme/set", &shows.replace('\u{b7}', "/dashboard? /api/session/list?")).await;
    let lines: Vec<_> = body.split('\n').collect();
    assert_eq!(lines.len(), 5, "no more than four questions: {body}");
    assert!(lines[1].starts_with(r#"{"Ok":[{"#) && lines[1].contains(r#""current":true"#), "{body}");
    assert_eq!(lines[2..], [r#"{"Err":"NotFound"}"#, "", ""], "{body}");
}

#[tokio::test]
async fn what_was_refused_brings_nothing_and_nobody_reads_what_is_not_theirs() {
    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    let list = "/api/session/list?";
    let (status, body) = told(&site, &cookie, "/api/session/revoke", list).await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, r#""NotFound""#));
    let (_, body) = told(&site, &HeaderValue::from_static("a=b"), "/api/theme/set", list).await;
    assert_eq!(body.lines().nth(1), Some(r#"{"Err":"SignedOut"}"#), "{body}");
}
