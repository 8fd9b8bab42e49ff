//! Faults and their shape on the wire.

use super::*;

#[tokio::test]
async fn faults_of_a_person() {
    let cases = [
        ("expire", 463),
        ("password", 460),
        ("remove", 458),
        ("log-out", 467),
        ("checkpoint", 459),
        ("unconfirm", 464),
    ];
    for (happening, subcode) in cases {
        let sandbox = sandbox();
        order(&sandbox, "/control/switches", json!({ "instagram_subcode": "real" })).await;
        let (instagram, facebook) =
            (token(&sandbox, "paul", "long").await, token(&sandbox, "fiona.field", "long").await);
        for (username, token) in [("paul", instagram), ("fiona.field", facebook)] {
            order(&sandbox, &format!("/control/people/{username}/{happening}"), json!({ "notify": false })).await;
            let dead = get(&sandbox, &format!("/me?access_token={token}")).await;
            assert_eq!(dead.code(), (190, Some(subcode)), "{happening}");
            assert_eq!(dead.status, StatusCode::BAD_REQUEST);
        }
    }
}

#[tokio::test]
async fn a_checkpoint_may_go_away_by_itself() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    order(&sandbox, "/control/people/paul/checkpoint", json!({ "recover_after_seconds": 600 })).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.code().0, 190);
    advance(&sandbox, 601).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn limits_come_with_headers_and_either_status() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    let me = format!("/me?access_token={long}");
    for (kind, code, header) in [
        ("app-limit", 4, Some("x-app-usage")),
        ("user-limit", 17, None),
        ("account-limit", 80002, Some("x-business-use-case-usage")),
    ] {
        for status in [400, 403] {
            order(&sandbox, "/control/faults", json!({ "kind": kind, "times": 1, "status": status })).await;
            let answer = get(&sandbox, &me).await;
            assert_eq!((answer.status.as_u16(), answer.code().0), (status, code));
            assert!(header.is_none_or(|name| answer.headers.contains_key(name)));
        }
    }
    assert_eq!(get(&sandbox, &me).await.status, StatusCode::OK);
}

#[tokio::test]
async fn trouble_on_metas_side() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    let me = format!("/me?access_token={long}");
    order(&sandbox, "/control/faults", json!({ "kind": "transient", "times": 1 })).await;
    let answer = get(&sandbox, &me).await;
    assert_eq!((answer.status, answer.code().0), (StatusCode::INTERNAL_SERVER_ERROR, 2));
    assert_eq!(answer.json()["error"]["is_transient"], true);
    order(&sandbox, "/control/faults", json!({ "kind": "html502", "times": 1 })).await;
    let answer = get(&sandbox, &me).await;
    assert!(answer.status == StatusCode::BAD_GATEWAY && answer.text.starts_with("<html>"));
    order(&sandbox, "/control/faults", json!({ "kind": "broken-json", "times": 1 })).await;
    assert!(serde_json::from_str::<Value>(&get(&sandbox, &me).await.text).is_err());
    order(&sandbox, "/control/faults", json!({ "kind": "big-body", "times": 1 })).await;
    assert!(get(&sandbox, &me).await.text.len() > 10_000_000);
    for (kind, code) in
        [("api-blocked", 200), ("app-disabled", 101), ("unsupported", 100), ("unknown190", 190), ("postcard190", 190)]
    {
        order(&sandbox, "/control/faults", json!({ "kind": kind, "times": 1 })).await;
        assert_eq!(get(&sandbox, &me).await.code().0, code);
    }
}

#[tokio::test]
async fn any_text_may_stand_in_place_of_an_answer() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    for (body, status) in [("{}", None), (r#"{"status":"fail"}"#, None), ("", None), ("<html>", Some(503))] {
        order(&sandbox, "/control/faults", json!({ "kind": "say", "body": body, "status": status, "times": 1 })).await;
        let answer = get(&sandbox, &format!("/me?access_token={long}")).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (status.unwrap_or(200), body));
    }
}

#[tokio::test]
async fn texts_that_strict_json_refuses() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    for path in ["/me?fields=name", "/me/media?fields=caption", "/me?fields=user_id"] {
        let path = format!("{path}&access_token={long}");
        let sound = get(&sandbox, &path).await.json();
        for kind in ["half-emoji", "raw-control", "broken-utf8", "byte-order-mark"] {
            order(&sandbox, "/control/faults", json!({ "kind": kind, "times": 1 })).await;
            let request = Request::get(&path).body(Body::empty()).unwrap();
            let response = sandbox.meta_router().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            let bytes = response.into_body().collect().await.unwrap().to_bytes();
            assert!(serde_json::from_slice::<Value>(&bytes).is_err(), "{path} {kind}");
        }
        assert_eq!(get(&sandbox, &path).await.json(), sound);
    }
}

#[tokio::test]
async fn a_short_list_has_its_newest_rows_and_no_way_on() {
    let sandbox = sandbox();
    let long = token(&sandbox, "best.of.instagram", "long").await;
    let path = format!("/me/media?limit=100&access_token={long}");
    let whole = get(&sandbox, &path).await.json();
    order(&sandbox, "/control/faults", json!({ "kind": "short-list", "times": 1 })).await;
    let short = get(&sandbox, &path).await.json();
    assert_eq!(short["data"].as_array().unwrap()[..], whole["data"].as_array().unwrap()[..5]);
    assert!(short.get("paging").is_none() && whole.get("paging").is_some());
}

#[tokio::test]
async fn a_lost_answer_has_taken_effect() {
    let sandbox = sandbox();
    order(&sandbox, "/control/switches", json!({ "refresh_string": "rotate-old-dies" })).await;
    let old = token(&sandbox, "paul", "long").await;
    advance(&sandbox, 2 * 86_400).await;
    let fault = json!({ "kind": "drop-after", "times": 1, "endpoints": ["refresh"] });
    order(&sandbox, "/control/faults", fault).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={old}")).await.status, StatusCode::OK);
    let path = format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={old}");
    let request = Request::get(&path).body(Body::empty()).unwrap();
    let response = sandbox.meta_router().oneshot(request).await.unwrap();
    assert!(response.into_body().collect().await.is_err());
    assert_eq!(get(&sandbox, &format!("/me?access_token={old}")).await.code().0, 190);
}

#[tokio::test]
async fn a_fault_of_one_person_spares_the_others() {
    let sandbox = sandbox();
    let (paul, seoul) = (token(&sandbox, "paul", "long").await, token(&sandbox, "seoul.bakery", "long").await);
    order(&sandbox, "/control/faults", json!({ "kind": "drop", "username": "paul", "platform": "instagram" })).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={seoul}")).await.status, StatusCode::OK);
    let request = Request::get(format!("/me?access_token={paul}")).body(Body::empty()).unwrap();
    let response = sandbox.meta_router().oneshot(request).await.unwrap();
    assert!(response.into_body().collect().await.is_err());
    control(&sandbox, "DELETE", "/control/faults", Value::Null).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={paul}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_timeout_ends_without_an_answer() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    order(&sandbox, "/control/faults", json!({ "kind": "timeout", "seconds": 0, "times": 1 })).await;
    let request = Request::get(format!("/me?access_token={long}")).body(Body::empty()).unwrap();
    let response = sandbox.meta_router().oneshot(request).await.unwrap();
    assert!(response.into_body().collect().await.is_err());
}
