//! Every switch and what it changes on the wire.

use super::*;

const DAY: i64 = 86_400;

#[tokio::test]
async fn shapes_of_the_exchange() {
    let sandbox = sandbox();
    let wish = json!({ "exchange_shape": "data", "permissions_shape": "string", "user_id_shape": "string" });
    order(&sandbox, "/control/switches", wish).await;
    let code = code(&sandbox, "paul").await;
    let answer = exchange(&sandbox, &exchange_form(&code)).await.json();
    assert_eq!(answer["data"][0]["user_id"], "27640875392278831");
    assert_eq!(answer["data"][0]["permissions"], BASIC);
    order(&sandbox, "/control/switches", json!({ "profile_shape": "data", "slash_escaping": false })).await;
    let token = answer["data"][0]["access_token"].as_str().unwrap();
    let me = get(&sandbox, &format!("/me?fields=username,profile_picture_url&access_token={token}")).await;
    assert_eq!(me.json()["data"][0]["username"], "paul");
    assert!(me.text.contains("http://127.0.0.1"));
}

#[tokio::test]
async fn subcodes_on_instagram() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    order(&sandbox, "/control/people/paul/password", Value::Null).await;
    for (position, subcode) in [("absent", None), ("0", Some(0)), ("real", Some(460))] {
        order(&sandbox, "/control/switches", json!({ "instagram_subcode": position })).await;
        assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.code(), (190, subcode));
    }
    order(&sandbox, "/control/switches", json!({ "token_error_status": 401 })).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn instagram_may_not_tell_the_end() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    let path = format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={long}");
    order(&sandbox, "/control/switches", json!({ "instagram_omits_expires_in": true })).await;
    assert!(get(&sandbox, &path).await.json().get("expires_in").is_none());
}

#[tokio::test]
async fn an_early_refresh() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    let path = format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={long}");
    advance(&sandbox, 3_600).await;
    let early = get(&sandbox, &path).await.json();
    assert_eq!(early["access_token"], long.as_str());
    assert!(early["expires_in"].as_i64().unwrap() < 5_184_000 - 3_600);
    order(&sandbox, "/control/switches", json!({ "early_refresh": "400" })).await;
    let refused = get(&sandbox, &path).await;
    assert_eq!((refused.status, refused.code().0), (StatusCode::BAD_REQUEST, 100));
}

#[tokio::test]
async fn the_string_a_refresh_returns() {
    for (position, rotates, old_lives) in
        [("same", false, true), ("rotate-old-stays", true, true), ("rotate-old-dies", true, false)]
    {
        let sandbox = sandbox();
        order(&sandbox, "/control/switches", json!({ "refresh_string": position })).await;
        let old = token(&sandbox, "paul", "long").await;
        advance(&sandbox, 30 * DAY).await;
        let path = format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={old}");
        let answer = get(&sandbox, &path).await.json();
        let new = answer["access_token"].as_str().unwrap();
        assert!(answer["expires_in"].as_i64().unwrap() > 59 * DAY);
        assert_eq!(new != old, rotates, "{position}");
        let old = get(&sandbox, &format!("/me?access_token={old}")).await.status;
        assert_eq!(old == StatusCode::OK, old_lives, "{position}");
        assert_eq!(get(&sandbox, &format!("/me?access_token={new}")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_extension_that_moves_nothing() {
    let app = "client_id=7200000000000002&client_secret=sandbox-facebook-secret";
    for string in ["same", "rotate-old-stays"] {
        let sandbox = sandbox();
        let wish = json!({ "extension_life": "what-is-left", "refresh_string": string });
        order(&sandbox, "/control/switches", wish).await;
        let instagram = token(&sandbox, "paul", "long").await;
        let facebook = token(&sandbox, "fiona.field", "long").await;
        advance(&sandbox, 31 * DAY).await;
        for (old, path) in [
            (&instagram, "/refresh_access_token?grant_type=ig_refresh_token&access_token=".to_owned()),
            (&facebook, format!("/oauth/access_token?grant_type=fb_exchange_token&{app}&fb_exchange_token=")),
        ] {
            let answer = get(&sandbox, &format!("{path}{old}")).await.json();
            let left = answer["expires_in"].as_i64().unwrap();
            assert!((28 * DAY..29 * DAY).contains(&left), "{answer}");
            assert_eq!(answer["access_token"] == old.as_str(), string == "same", "{answer}");
            let again = get(&sandbox, &format!("{path}{}", answer["access_token"].as_str().unwrap())).await.json();
            assert!(again["expires_in"].as_i64().unwrap() <= left, "{again}");
        }
    }
}

#[tokio::test]
async fn the_dead_authorize_host() {
    let sandbox = sandbox();
    let path = format!("/oauth/authorize?{}", query(&instagram_ask()));
    assert_eq!(get(&sandbox, &format!("/api.instagram.com{path}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&sandbox, &format!("/www.instagram.com{path}")).await.status, StatusCode::OK);
    order(&sandbox, "/control/switches", json!({ "authorize_host": "api-dead-page" })).await;
    assert_eq!(get(&sandbox, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn standard_access_lets_people_in_and_reads_nothing() {
    let sandbox = sandbox();
    order(&sandbox, "/control/switches", json!({ "app_access": "standard" })).await;
    order(&sandbox, "/control/people/paul/not-tester", Value::Null).await;
    let code = code(&sandbox, "paul").await;
    let short = exchange(&sandbox, &exchange_form(&code)).await.json();
    let short = short["access_token"].as_str().unwrap();
    let long = format!(
        "/access_token?grant_type=ig_exchange_token&client_secret=sandbox-instagram-secret&access_token={short}"
    );
    for path in [long.as_str(), &format!("/me?access_token={short}"), &format!("/me/media?access_token={short}")] {
        let answer = get(&sandbox, path).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, (100, None)), "{path}");
        assert!(answer.text.contains("Unsupported request - method type: get"), "{}", answer.text);
    }
    let tester = token(&sandbox, "seoul.bakery", "long").await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={tester}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn consent_may_end_in_metas_own_trouble() {
    let sandbox = sandbox();
    for (position, present, absent) in [
        ("unavailable", "error", "error_code"),
        ("error-code-only", "error_code", "error"),
        ("app-error", "error_code", "error"),
    ] {
        order(&sandbox, "/control/switches", json!({ "consent_answer": position })).await;
        let target = consent(&sandbox, "paul", &[BASIC]).await.location();
        assert!(parameter(&target, present).is_some() && parameter(&target, absent).is_none(), "{target}");
        assert!(parameter(&target, "code").is_none());
        assert_eq!(parameter(&target, "state").unwrap(), "s t/1");
    }
}

#[tokio::test]
async fn pages_that_no_list_names() {
    let sandbox = sandbox();
    let long = token(&sandbox, "fiona.field", "long").await;
    let accounts = format!("/me/accounts?access_token={long}");
    order(&sandbox, "/control/switches", json!({ "pages_listed": false })).await;
    assert_eq!(get(&sandbox, &accounts).await.json(), json!({ "data": [] }));
    let app = "7200000000000002%7Csandbox-facebook-secret";
    let grant = get(&sandbox, &format!("/debug_token?input_token={long}&access_token={app}")).await.json();
    assert!(grant["data"]["granular_scopes"].to_string().contains("104400000000071"));
    let page = format!("/104400000000071?fields=instagram_business_account&access_token={long}");
    assert_eq!(get(&sandbox, &page).await.json()["instagram_business_account"]["id"], "17841400000000707");

    order(&sandbox, "/control/switches", json!({ "facebook_as_page": true })).await;
    let refused = get(&sandbox, &accounts).await;
    assert!(
        refused.code() == (100, None) && refused.text.contains("(accounts) on node type (Page)"),
        "{}",
        refused.text
    );
    assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.json()["id"], "104400000000071");
}
