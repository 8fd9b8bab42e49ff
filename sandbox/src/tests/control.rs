//! The control API and the page.

use super::*;

async fn with_headers(sandbox: &Sandbox, path: &str, headers: &[(&str, &str)]) -> StatusCode {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(sandbox.control_router(), request.body(Body::from("{}")).unwrap()).await.status
}

#[tokio::test]
async fn other_sites_are_kept_out() {
    let sandbox = sandbox();
    let host = ("host", "localhost:4011");
    let path = "/control/reset";
    assert_eq!(with_headers(&sandbox, path, &[host]).await, StatusCode::OK);
    assert_eq!(with_headers(&sandbox, path, &[host, ("origin", "http://localhost:4011")]).await, StatusCode::OK);
    for headers in [
        [host, ("origin", "https://evil.example")],
        [host, ("origin", "null")],
        [host, ("sec-fetch-site", "cross-site")],
        [host, ("sec-fetch-site", "same-site")],
        [("host", "evil.example"), ("sec-fetch-site", "same-origin")],
    ] {
        assert_eq!(with_headers(&sandbox, path, &headers).await, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test]
async fn unknown_names_list_the_valid_ones() {
    let sandbox = sandbox();
    for (path, body, valid) in [
        ("/control/people/nobody/expire", json!({}), "paul"),
        ("/control/people/paul/explode", json!({}), "expire"),
        ("/control/people/paul/untick", json!({ "permission": "x" }), BASIC),
        ("/control/faults", json!({ "kind": "x" }), "app-limit"),
        ("/control/faults", json!({ "kind": "drop", "endpoints": ["x"] }), "refresh"),
        ("/control/switches", json!({ "x": 1 }), "refresh_string"),
        ("/control/nowhere", json!({}), "/control/world"),
    ] {
        let answer = control(&sandbox, "POST", path, body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.json()["valid"].as_array().unwrap().contains(&json!(valid)), "{}", answer.text);
    }
}

#[tokio::test]
async fn calls_are_counted_and_tokens_masked() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    get(&sandbox, &format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={long}")).await;
    let calls = control(&sandbox, "GET", "/control/calls", Value::Null).await.json();
    assert_eq!(calls["counters"]["refresh"], 1);
    assert_eq!(calls["calls"][0]["username"], "paul");
    assert_eq!(calls["calls"][0]["status"], 200);
    let world = control(&sandbox, "GET", "/control/world", Value::Null).await;
    assert!(!world.text.contains(&long));
    assert_eq!(world.json()["people"][0]["tokens"][0]["state"], "living");
}

#[tokio::test]
async fn a_restart_keeps_tokens_and_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let settings = || Settings {
        state_file: Some(folder.path().join("deep/sandbox.json")),
        ..Settings::new("http://127.0.0.1:4010", PRODUCT)
    };
    let before = Sandbox::open(settings()).unwrap();
    let long = token(&before, "paul", "long").await;
    advance(&before, 86_400).await;
    let after = Sandbox::open(settings()).unwrap();
    assert_eq!(get(&after, &format!("/me?access_token={long}")).await.status, StatusCode::OK);
    let clock = control(&after, "GET", "/control/clock", Value::Null).await.json();
    assert_eq!(clock["offset_seconds"], 86_400);
}

#[tokio::test]
async fn a_post_is_published() {
    let sandbox = sandbox();
    let long = token(&sandbox, "quiet.start", "long").await;
    order(&sandbox, "/control/people/quiet.start/publish", json!({ "caption": "hello" })).await;
    let posts = get(&sandbox, &format!("/me/media?fields=caption&access_token={long}")).await.json();
    assert_eq!(posts["data"][0]["caption"], "hello");
}

#[tokio::test]
async fn the_page_shows_everybody_and_its_forms_work() {
    let sandbox = sandbox();
    token(&sandbox, "mallory.tables", "long").await;
    order(&sandbox, "/control/faults", json!({ "kind": "transient", "times": 3 })).await;
    let page = control(&sandbox, "GET", "/sandbox", Value::Null).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("@mallory.tables") && page.text.contains("3 more"));
    assert!(!page.text.contains("<script"));
    for (path, form) in [
        ("/sandbox/people", "username=paul&happening=checkpoint"),
        ("/sandbox/clock", "advance_seconds=3600"),
        ("/sandbox/faults", "kind=drop&endpoint=refresh&username=&times=2&status="),
        ("/sandbox/switches", "refresh_string=%22same%22&token_error_status=401"),
    ] {
        let request = Request::post(path)
            .header("host", "127.0.0.1:4011")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        assert_eq!(send(sandbox.control_router(), request).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    let world = control(&sandbox, "GET", "/control/world", Value::Null).await.json();
    assert_eq!(world["people"][0]["checkpoint"], true);
    assert_eq!(world["switches"]["refresh_string"], "same");
    assert_eq!(world["faults"][1]["endpoints"], json!(["refresh"]));
    assert_eq!(world["clock"]["offset_seconds"], 3_600);
}
