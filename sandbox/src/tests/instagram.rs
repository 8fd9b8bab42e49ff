//! The life of an Instagram token, from consent to posts.

use super::*;

const DAY: i64 = 86_400;

#[tokio::test]
async fn from_consent_to_posts() {
    let sandbox = sandbox();
    let answer = consent(&sandbox, "paul", &[BASIC]).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let target = answer.location();
    assert_eq!(target.fragment(), Some("_"));
    assert_eq!(parameter(&target, "state").unwrap(), "s t/1");
    let code = parameter(&target, "code").unwrap();

    let short = exchange(&sandbox, &exchange_form(&code)).await.json();
    assert_eq!(short["user_id"], json!(27_640_875_392_278_831_u64));
    assert_eq!(short["permissions"], json!([BASIC]));
    assert!(short.get("expires_in").is_none());
    let short = short["access_token"].as_str().unwrap();
    assert!(short.starts_with("IGAA"));

    let path = format!(
        "/access_token?grant_type=ig_exchange_token&client_secret=sandbox-instagram-secret&access_token={short}"
    );
    let long = get(&sandbox, &path).await.json();
    let left = long["expires_in"].as_i64().unwrap();
    assert!((5_183_000..5_184_000).contains(&left), "{left}");
    let long = long["access_token"].as_str().unwrap();

    advance(&sandbox, 2 * DAY).await;
    let refreshed =
        get(&sandbox, &format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={long}")).await.json();
    assert_eq!(refreshed["token_type"], "bearer");
    let refreshed = refreshed["access_token"].as_str().unwrap();

    let fields = "id,user_id,username,name,account_type,profile_picture_url,followers_count,media_count";
    let me = get(&sandbox, &format!("/v26.0/me?fields={fields}&access_token={refreshed}")).await;
    assert!(me.text.contains("http:\\/\\/127.0.0.1:4010\\/cdn\\/"), "{}", me.text);
    let me = me.json();
    assert_eq!((&me["id"], &me["user_id"]), (&json!("27640875392278831"), &json!("17841400000000101")));
    assert_eq!((&me["username"], &me["media_count"]), (&json!("paul"), &json!(12)));

    let posts =
        get(&sandbox, &format!("/me/media?fields=id,caption,media_type,timestamp&access_token={refreshed}")).await;
    let posts = posts.json();
    assert_eq!(posts["data"].as_array().unwrap().len(), 12);
    assert_eq!(posts["data"][0]["timestamp"], "2026-10-30T09:24:11+0000");
    assert!(posts["paging"].get("next").is_none());
}

#[tokio::test]
async fn a_code_works_once_in_an_hour_and_with_its_redirect() {
    let sandbox = sandbox();
    let first = code(&sandbox, "paul").await;
    let mut wrong = exchange_form(&first);
    wrong[3].1.push('/');
    let answer = exchange(&sandbox, &wrong).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.json()["error_message"].as_str().unwrap().contains("redirect_uri is identical"));
    assert_eq!(exchange(&sandbox, &exchange_form(&first)).await.status, StatusCode::OK);
    let again = exchange(&sandbox, &exchange_form(&first)).await.json();
    assert_eq!(again["error_message"], "This authorization code has been used");
    assert_eq!((&again["error_type"], &again["code"]), (&json!("OAuthException"), &json!(400)));

    let second = code(&sandbox, "paul").await;
    advance(&sandbox, 3_601).await;
    let late = exchange(&sandbox, &exchange_form(&second)).await.json();
    assert_eq!(late["error_message"], "Matching code was not found or was already used");
}

#[tokio::test]
async fn a_json_body_is_not_read() {
    let sandbox = sandbox();
    let body = json!({ "client_id": "6100000000000001" }).to_string();
    let request =
        Request::post("/oauth/access_token").header("content-type", "application/json").body(Body::from(body)).unwrap();
    let answer = send(sandbox.meta_router(), request).await;
    assert_eq!(answer.json()["error_message"], "Invalid platform app");
}

#[tokio::test]
async fn the_clock_ends_a_token() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    advance(&sandbox, 61 * DAY).await;
    let dead = get(&sandbox, &format!("/me?access_token={long}")).await;
    assert_eq!((dead.status, dead.code()), (StatusCode::BAD_REQUEST, (190, None)));
    let message = dead.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("Error validating access token: Session has expired on "), "{message}");
    assert!(message.contains(" PST") || message.contains(" PDT"));
    assert!(dead.json()["error"]["fbtrace_id"].as_str().unwrap().starts_with('A'));
    let refresh = format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={long}");
    assert_eq!(get(&sandbox, &refresh).await.code().0, 190);
}

#[tokio::test]
async fn wrong_ways_to_renew() {
    let sandbox = sandbox();
    let (short, long) = (token(&sandbox, "paul", "short").await, token(&sandbox, "paul", "long").await);
    let refresh = |token: &str| format!("/refresh_access_token?grant_type=ig_refresh_token&access_token={token}");
    let answer = get(&sandbox, &refresh(&short)).await;
    assert!(answer.json()["error"]["message"].as_str().unwrap().contains("malformed because of invalid user id"));
    let versioned = get(&sandbox, &format!("/v25.0{}", refresh(&long))).await;
    assert_eq!(versioned.json()["error"]["message"], "Unsupported request - method type: get");
    assert_eq!(post(&sandbox, &refresh(&long), &[]).await.code().0, 100);
    let facebook = token(&sandbox, "fiona.field", "long").await;
    let crossed = get(&sandbox, &refresh(&facebook)).await.json();
    assert_eq!(crossed["error"]["message"], "Invalid OAuth access token - Cannot parse access token");
    let host = get(&sandbox, &format!("/graph.instagram.com/v26.0/me?access_token={facebook}")).await;
    assert_eq!(host.code().0, 190);
    let wrong = format!("/access_token?grant_type=ig_exchange_token&client_secret=no&access_token={short}");
    assert_eq!(get(&sandbox, &wrong).await.code().0, 100);
    assert_eq!(get(&sandbox, "/me").await.code().0, 104);
}

#[tokio::test]
async fn posts_come_in_pages() {
    let sandbox = sandbox();
    let long = token(&sandbox, "best.of.instagram", "long").await;
    let fields = "id,children{id,media_type,media_url}";
    let path = format!("/17841400000000202/media?fields={fields}&access_token={long}");
    let first = get(&sandbox, &path.replace('{', "%7B").replace('}', "%7D")).await.json();
    assert_eq!(first["data"].as_array().unwrap().len(), 25);
    assert_eq!(first["data"][2]["children"]["data"].as_array().unwrap().len(), 3);
    let next = Url::parse(first["paging"]["next"].as_str().unwrap()).unwrap();
    let rest = get(&sandbox, &format!("{}?{}", next.path(), next.query().unwrap())).await.json();
    assert_eq!(rest["data"].as_array().unwrap().len(), 7);
    assert!(rest["paging"].get("next").is_none());
    let ids = |page: &Value| -> Vec<String> {
        page["data"].as_array().unwrap().iter().map(|post| post["id"].to_string()).collect()
    };
    assert!(ids(&first).iter().all(|id| !ids(&rest).contains(id)));
}

#[tokio::test]
async fn a_bearer_token_and_unknown_things() {
    let sandbox = sandbox();
    let long = token(&sandbox, "seoul.bakery", "long").await;
    let request =
        |path: &str| Request::get(path).header("authorization", format!("Bearer {long}")).body(Body::empty()).unwrap();
    let me = send(sandbox.meta_router(), request("/v26.0/me?fields=name,account_type")).await;
    assert!(me.text.contains("\\uc11c\\uc6b8"), "{}", me.text);
    assert_eq!(me.json()["name"], "서울 베이커리 🥐");
    let field = send(sandbox.meta_router(), request("/me?fields=nonsense")).await;
    assert_eq!(field.code().0, 100);
    let object = send(sandbox.meta_router(), request("/17841400000000101?fields=id")).await;
    assert_eq!(object.json()["error"]["type"], "GraphMethodException");
    let cut = get(&sandbox, &format!("/me?access_token={}", &long[..40])).await;
    assert_eq!(cut.json()["error"]["message"], "The access token could not be decrypted");
}

#[tokio::test]
async fn a_personal_account_has_a_profile_only() {
    let sandbox = sandbox();
    let long = token(&sandbox, "just.me", "long").await;
    let me = get(&sandbox, &format!("/me?fields=account_type&access_token={long}")).await.json();
    assert_eq!(me["account_type"], "PERSONAL");
    assert_eq!(get(&sandbox, &format!("/me/media?access_token={long}")).await.code().0, 100);
    let quiet = token(&sandbox, "quiet.start", "long").await;
    assert_eq!(get(&sandbox, &format!("/me/media?access_token={quiet}")).await.json(), json!({ "data": [] }));
}
