//! The consent pages.

use super::*;

#[tokio::test]
async fn asks_who_then_what() {
    let sandbox = sandbox();
    let path = format!("/oauth/authorize?{}", query(&instagram_ask()));
    let who = get(&sandbox, &path).await;
    assert_eq!(who.status, StatusCode::OK);
    assert!(who.text.contains("Continue as @paul") && who.text.contains("Sandbox imitation of Instagram"));
    assert!(!who.text.contains("Fiona"));
    let what = get(&sandbox, &format!("{path}&as=mallory.tables")).await;
    assert!(what.text.contains(r#"value="instagram_business_manage_comments" checked"#));
    assert!(what.text.contains(">Allow</button>") && what.text.contains(">Cancel</button>"));
}

#[tokio::test]
async fn a_refusal_comes_back_with_the_state() {
    let sandbox = sandbox();
    let fields: Vec<(&str, &str)> = instagram_ask().into_iter().chain([("decision", "cancel")]).collect();
    let target = post(&sandbox, "/oauth/authorize/decide", &fields).await.location();
    assert_eq!(parameter(&target, "error").unwrap(), "access_denied");
    assert_eq!(parameter(&target, "error_reason").unwrap(), "user_denied");
    assert_eq!(parameter(&target, "state").unwrap(), "s t/1");
}

#[tokio::test]
async fn a_wrong_ask_ends_on_a_page() {
    let sandbox = sandbox();
    let cases = [
        ("client_id", "7200000000000002", "Invalid platform app"),
        ("client_id", "undefined", "this page isn&#39;t available"),
        ("redirect_uri", "http://127.0.0.1:3000/auth/instagram/callback/", "Invalid redirect_uri"),
        ("scope", "instagram_basic", "Invalid scope: instagram_basic"),
        ("scope", "instagram_business_manage_comments", "Invalid scope"),
    ];
    for (name, value, said) in cases {
        let mut ask = instagram_ask();
        ask.iter_mut().filter(|(key, _)| *key == name).for_each(|field| field.1 = value);
        let answer = get(&sandbox, &format!("/oauth/authorize?{}", query(&ask))).await;
        assert!(answer.status.is_client_error() && answer.text.contains(said), "{value}: {}", answer.text);
        assert!(answer.headers.get("location").is_none());
    }
    order(&sandbox, "/control/people/paul/not-tester", Value::Null).await;
    let path = format!("/oauth/authorize?{}&as=paul", query(&instagram_ask()));
    assert!(get(&sandbox, &path).await.text.contains("Insufficient developer role"));
}

#[tokio::test]
async fn a_checkpoint_is_passed_on_the_way() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    order(&sandbox, "/control/people/paul/checkpoint", Value::Null).await;
    let dead = get(&sandbox, &format!("/me?access_token={long}")).await.json();
    assert!(dead["error"]["message"].as_str().unwrap().contains("till you log in to www.instagram.com"));
    let blocked = consent(&sandbox, "paul", &[BASIC]).await;
    assert!(blocked.text.contains("Pass the checkpoint"));
    let own = [("as", "paul"), ("decision", "pass-checkpoint")];
    let fields: Vec<(&str, &str)> = instagram_ask().into_iter().chain(own).collect();
    let passed = post(&sandbox, "/oauth/authorize/decide", &fields).await;
    assert!(passed.text.contains(">Allow</button>"));
    assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn consent_after_removal_brings_the_app_back_but_not_the_old_token() {
    let sandbox = sandbox();
    for end in ["password", "remove"] {
        let old = token(&sandbox, "paul", "long").await;
        order(&sandbox, &format!("/control/people/paul/{end}"), json!({ "notify": false })).await;
        let code = code(&sandbox, "paul").await;
        let fresh = exchange(&sandbox, &exchange_form(&code)).await.json();
        let fresh = fresh["access_token"].as_str().unwrap();
        assert_eq!(get(&sandbox, &format!("/me?access_token={fresh}")).await.status, StatusCode::OK);
        assert_eq!(get(&sandbox, &format!("/me?access_token={old}")).await.code().0, 190);
    }
}

#[tokio::test]
async fn an_unticked_box_is_missing_from_the_permissions() {
    let sandbox = sandbox();
    let target = consent(&sandbox, "paul", &["instagram_business_manage_comments"]).await.location();
    let short = exchange(&sandbox, &exchange_form(&parameter(&target, "code").unwrap())).await.json();
    assert_eq!(short["permissions"], json!(["instagram_business_manage_comments"]));
    let me = get(&sandbox, &format!("/me?access_token={}", short["access_token"].as_str().unwrap())).await;
    assert_eq!((me.status, me.code().0), (StatusCode::FORBIDDEN, 10));
    assert_eq!(me.json()["error"]["type"], "IGApiException");
}
