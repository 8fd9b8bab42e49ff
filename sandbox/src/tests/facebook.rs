//! The Facebook family.

use super::*;

const APP: &str = "client_id=7200000000000002&client_secret=sandbox-facebook-secret";
const APP_TOKEN: &str = "7200000000000002%7Csandbox-facebook-secret";
const SCOPES: &str = "instagram_basic,pages_show_list,pages_read_engagement";

async fn dialog(sandbox: &Sandbox, ticked: &[&str], auth_type: &str) -> Answer {
    let own = [
        ("client_id", "7200000000000002"),
        ("redirect_uri", FACEBOOK_REDIRECT),
        ("scope", SCOPES),
        ("state", "abc"),
        ("auth_type", auth_type),
        ("as", "fiona.field"),
        ("decision", "allow"),
    ];
    let fields: Vec<(&str, &str)> = own.into_iter().chain(ticked.iter().map(|scope| ("permission", *scope))).collect();
    post(sandbox, "/v25.0/dialog/oauth/decide", &fields).await
}

fn all() -> Vec<&'static str> {
    SCOPES.split(',').collect()
}

#[tokio::test]
async fn from_the_dialog_to_the_posts_of_a_page() {
    let sandbox = sandbox();
    let target = dialog(&sandbox, &all(), "").await.location();
    assert_eq!(target.fragment(), Some("_=_"));
    let code = parameter(&target, "code").unwrap();
    let path = format!("/v25.0/oauth/access_token?{APP}&redirect_uri={FACEBOOK_REDIRECT}&code={code}");
    let short = get(&sandbox, &path).await.json();
    assert!((3_590..=7_200).contains(&short["expires_in"].as_i64().unwrap()));
    assert_eq!(get(&sandbox, &path).await.json()["error"]["message"], "This authorization code has been used.");
    let short = short["access_token"].as_str().unwrap();
    assert!(short.starts_with("EAA"));

    let path = format!("/v25.0/oauth/access_token?grant_type=fb_exchange_token&{APP}&fb_exchange_token={short}");
    let long = get(&sandbox, &path).await.json();
    let long = long["access_token"].as_str().unwrap();
    assert_ne!(long, short);

    let path =
        format!("/v25.0/me/accounts?fields=id,name,access_token,tasks,instagram_business_account&access_token={long}");
    let pages = get(&sandbox, &path).await.json();
    assert_eq!(pages["data"].as_array().unwrap().len(), 2);
    let account = pages["data"][0]["instagram_business_account"]["id"].as_str().unwrap();
    assert_eq!(account, "17841400000000707");
    let page = pages["data"][0]["access_token"].as_str().unwrap();
    assert_eq!(get(&sandbox, &path).await.json()["data"][0]["access_token"], page);

    let posts = get(&sandbox, &format!("/v25.0/{account}/media?fields=id,media_url&limit=5&access_token={page}")).await;
    assert_eq!(posts.json()["data"].as_array().unwrap().len(), 5);
    let profile = get(&sandbox, &format!("/v25.0/{account}?fields=id,username&access_token={long}")).await.json();
    assert_eq!(profile, json!({ "id": account, "username": "field.flowers" }));

    let debug = get(&sandbox, &format!("/debug_token?input_token={page}&access_token={APP_TOKEN}")).await.json();
    assert_eq!((&debug["data"]["type"], &debug["data"]["expires_at"]), (&json!("PAGE"), &json!(0)));
    order(&sandbox, "/control/people/field.garden/page-role", Value::Null).await;
    assert_eq!(get(&sandbox, &format!("/{account}?access_token={page}")).await.code(), (190, Some(492)));
}

#[tokio::test]
async fn debug_token_is_200_for_dead_tokens() {
    let sandbox = sandbox();
    let long = token(&sandbox, "fiona.field", "long").await;
    let path = format!("/debug_token?input_token={long}&access_token={APP_TOKEN}");
    let alive = get(&sandbox, &path).await.json();
    assert_eq!(alive["data"]["is_valid"], true);
    let instagram = token(&sandbox, "paul", "long").await;
    let crossed = get(&sandbox, &format!("/debug_token?input_token={instagram}&access_token={APP_TOKEN}")).await.json();
    assert_eq!(crossed["data"]["error"]["message"], "Invalid OAuth access token - Cannot parse access token");
    let caller = get(&sandbox, &format!("/debug_token?input_token={long}&access_token={long}")).await;
    assert_eq!((caller.status, caller.code().0), (StatusCode::BAD_REQUEST, 100));
    order(&sandbox, "/control/people/fiona.field/password", Value::Null).await;
    let dead = get(&sandbox, &path).await;
    assert_eq!(dead.status, StatusCode::OK);
    assert_eq!(
        (&dead.json()["data"]["is_valid"], &dead.json()["data"]["error"]["subcode"]),
        (&json!(false), &json!(460))
    );
}

#[tokio::test]
async fn data_access_ends_after_90_days_while_the_token_stays_valid() {
    let sandbox = sandbox();
    let long = token(&sandbox, "fiona.field", "long").await;
    advance(&sandbox, 50 * 86_400).await;
    let renew =
        |token: &str| format!("/oauth/access_token?grant_type=fb_exchange_token&{APP}&fb_exchange_token={token}");
    let second = get(&sandbox, &renew(&long)).await.json()["access_token"].as_str().unwrap().to_owned();
    advance(&sandbox, 41 * 86_400).await;
    let me = get(&sandbox, &format!("/me?access_token={second}")).await;
    assert_eq!(me.code(), (190, None));
    assert!(me.json()["error"]["message"].as_str().unwrap().contains("longer than 90 days"));
    let debug = get(&sandbox, &format!("/debug_token?input_token={second}&access_token={APP_TOKEN}")).await.json();
    assert_eq!(debug["data"]["is_valid"], true);
}

#[tokio::test]
async fn permissions_are_read_revoked_and_asked_again() {
    let sandbox = sandbox();
    let long = token(&sandbox, "fiona.field", "long").await;
    let one = delete(&sandbox, &format!("/me/permissions/instagram_basic?access_token={long}")).await;
    assert_eq!(one.json(), json!({ "success": true }));
    let list = get(&sandbox, &format!("/me/permissions?access_token={long}")).await.json();
    assert!(
        list["data"].as_array().unwrap().contains(&json!({ "permission": "instagram_basic", "status": "declined" }))
    );
    let media = get(&sandbox, &format!("/17841400000000707/media?access_token={long}")).await;
    assert_eq!((media.status, media.code().0), (StatusCode::FORBIDDEN, 10));

    let granted =
        |list: Value| list["data"].as_array().unwrap().iter().filter(|row| row["status"] == "granted").count();
    dialog(&sandbox, &all(), "").await;
    assert_eq!(granted(get(&sandbox, &format!("/me/permissions?access_token={long}")).await.json()), 3);
    dialog(&sandbox, &all(), "rerequest").await;
    assert_eq!(granted(get(&sandbox, &format!("/me/permissions?access_token={long}")).await.json()), 4);

    delete(&sandbox, &format!("/10229876543210987/permissions?access_token={long}")).await;
    assert_eq!(get(&sandbox, &format!("/me?access_token={long}")).await.code(), (190, Some(466)));
}

#[tokio::test]
async fn pages_may_be_late_or_missing_and_proofs_are_checked() {
    let sandbox = sandbox();
    order(&sandbox, "/control/switches", json!({ "pages_delay_seconds": 30, "facebook_omits_expires_in": true })).await;
    let long = token(&sandbox, "fiona.field", "long").await;
    let pages = format!("/me/accounts?access_token={long}");
    assert_eq!(get(&sandbox, &pages).await.json(), json!({ "data": [] }));
    advance(&sandbox, 31).await;
    assert_eq!(get(&sandbox, &pages).await.json()["data"].as_array().unwrap().len(), 2);
    let path = format!("/oauth/access_token?grant_type=fb_exchange_token&{APP}&fb_exchange_token={long}");
    assert!(get(&sandbox, &path).await.json().get("expires_in").is_none());
    let noah = token(&sandbox, "noah.nopage", "long").await;
    assert_eq!(get(&sandbox, &format!("/me/accounts?access_token={noah}")).await.json(), json!({ "data": [] }));

    let proof = crate::signed::proof("sandbox-facebook-secret", &long);
    assert_eq!(get(&sandbox, &format!("{pages}&appsecret_proof={proof}")).await.status, StatusCode::OK);
    assert_eq!(get(&sandbox, &format!("{pages}&appsecret_proof=00")).await.code().0, 100);
}

#[tokio::test]
async fn an_account_can_be_taken_out_of_the_grant_alone() {
    let sandbox = sandbox();
    let long = token(&sandbox, "fiona.field", "long").await;
    let (flowers, garden) = ("17841400000000707", "17841400000000808");
    let debug = format!("/debug_token?input_token={long}&access_token={APP_TOKEN}");
    let targets = async || {
        let scopes = get(&sandbox, &debug).await.json()["data"]["granular_scopes"].clone();
        scopes.as_array().unwrap().iter().find(|row| row["scope"] == "instagram_basic").unwrap()["target_ids"].clone()
    };
    order(&sandbox, "/control/people/field.flowers/unshare", Value::Null).await;
    assert_eq!(targets().await, json!([garden]));
    for path in [flowers.to_owned(), format!("{flowers}/media")] {
        assert_eq!(get(&sandbox, &format!("/{path}?access_token={long}")).await.code(), (100, Some(33)), "{path}");
    }
    assert_eq!(get(&sandbox, &format!("/{garden}/media?access_token={long}")).await.status, StatusCode::OK);
    let list = get(&sandbox, &format!("/me/permissions?access_token={long}")).await.json();
    assert!(list["data"].as_array().unwrap().iter().all(|row| row["status"] == "granted"));
    dialog(&sandbox, &all(), "").await;
    assert_eq!(targets().await, json!([garden]), "Facebook asks once");
    dialog(&sandbox, &all(), "rerequest").await;
    assert_eq!(targets().await, json!([flowers, garden]));
}
