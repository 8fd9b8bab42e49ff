//! Instagram Login, question by question.

use backend::meta::{AccountType, MetaError, RedeemError, What};
use chrono::TimeDelta;
use domain::platform::Platform;
use domain::token::{Consent, Death, Failure, Verdict};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::stub::{self, Reply, SECRET, Stub, TOKEN, now, refusal};

const SCOPE: &str = "instagram_business_basic";
const ME: &str = "/v25.0/me";

async fn redeem(exchange: Reply, long: Vec<Reply>) -> (Result<backend::meta::Granted, RedeemError>, Stub) {
    let stub = Stub::start(vec![("/oauth/access_token", vec![exchange]), ("/access_token", long)]).await;
    let granted = stub.meta().of(Platform::Instagram).unwrap().redeem("AQcode#_", now()).await;
    (granted, stub)
}

fn long_lived() -> Reply {
    stub::json(json!({"access_token": "IGAAlong", "token_type": "bearer", "expires_in": 5_183_944}))
}

fn short_lived() -> Reply {
    stub::json(json!({"access_token": "IGAAshort", "user_id": 27_640_875_392_278_831_u64, "permissions": [SCOPE]}))
}

fn flat(message: &str) -> Reply {
    let body = json!({"error_type": "OAuthException", "code": 400, "error_message": message});
    Reply { status: 400, ..stub::json(body) }
}

#[test]
fn the_consent_page_is_asked_for_with_everything_it_needs() {
    let meta = stub::meta_at(&"https://www.instagram.example/".parse().unwrap());
    let url = meta.of(Platform::Instagram).unwrap().authorize_url("st&te", Consent::Plain);
    assert_eq!(
        url.as_str(),
        "https://www.instagram.example/oauth/authorize?client_id=instagram-app\
         &redirect_uri=https%3A%2F%2Fpilotlight.example%2Fauth%2Finstagram%2Fcallback\
         &response_type=code&scope=instagram_business_basic&state=st%26te"
    );
}

#[tokio::test]
async fn a_code_becomes_a_long_lived_token() {
    let (granted, stub) = redeem(short_lived(), vec![long_lived()]).await;
    let granted = granted.unwrap();
    assert_eq!(granted.user_id.0, "27640875392278831");
    assert_eq!(granted.issued.token.expose_secret(), "IGAAlong");
    assert_eq!(granted.issued.grant.expires_at, Some(now() + TimeDelta::seconds(5_183_944)));
    assert!(!format!("{granted:?}").contains("IGAA"));

    let [exchange, long] = stub.seen().try_into().unwrap();
    assert_eq!((exchange.method.as_str(), exchange.path.as_str()), ("POST", "/oauth/access_token"));
    assert_eq!(exchange.param("code"), "AQcode");
    assert_eq!(exchange.param("client_id"), "instagram-app");
    assert_eq!(exchange.param("client_secret"), SECRET);
    assert_eq!(exchange.param("grant_type"), "authorization_code");
    assert_eq!(exchange.param("redirect_uri"), "https://pilotlight.example/auth/instagram/callback");
    assert_eq!((long.method.as_str(), long.path.as_str()), ("GET", "/access_token"));
    assert_eq!(long.param("grant_type"), "ig_exchange_token");
    assert_eq!(long.param("access_token"), "IGAAshort");
    assert_eq!(long.param("appsecret_proof"), "", "not known to be supported here");
}

#[tokio::test]
async fn the_documented_shape_and_absent_permissions_are_granted_too() {
    let documented = json!({"data": [{"access_token": "IGAAshort", "user_id": "1020", "permissions": SCOPE}]});
    let silent = json!({"access_token": "IGAAshort", "user_id": "1020"});
    for exchange in [documented, silent] {
        let (granted, _) = redeem(stub::json(exchange), vec![long_lived()]).await;
        assert_eq!(granted.unwrap().user_id.0, "1020");
    }
}

#[tokio::test]
async fn a_missing_permission_ends_the_exchange() {
    for permissions in [json!([]), json!(""), json!("instagram_business_manage_comments")] {
        let exchange = json!({"access_token": "IGAAshort", "user_id": 1, "permissions": permissions});
        let (granted, stub) = redeem(stub::json(exchange), vec![long_lived()]).await;
        assert_eq!(granted.unwrap_err(), RedeemError::MissingPermissions(vec![SCOPE.to_owned()]));
        assert_eq!(stub.paths(), ["/oauth/access_token"]);
    }
}

#[tokio::test]
async fn a_refused_code_says_why() {
    let (spent, _) = redeem(flat("Matching code was not found or was already used"), vec![]).await;
    assert!(matches!(spent, Err(RedeemError::CodeSpent(_))), "{spent:?}");
    let (app, _) = redeem(flat("Invalid platform app"), vec![]).await;
    assert!(matches!(app, Err(RedeemError::AppFault(_))), "{app:?}");
    let (down, _) = redeem(Reply { status: 502, headers: vec![], body: "<html>".to_owned() }, vec![]).await;
    let Err(RedeemError::Meta(error)) = down else { panic!("{down:?}") };
    assert_eq!(error.verdict, Verdict::Unknown(Failure::Unavailable));
}

#[tokio::test]
async fn a_spent_code_is_not_lost_to_one_hiccup() {
    let hiccup = refusal(500, 2, 0, "Service temporarily unavailable");
    let (granted, stub) = redeem(short_lived(), vec![hiccup, long_lived()]).await;
    assert!(granted.is_ok());
    assert_eq!(stub.paths(), ["/oauth/access_token", "/access_token", "/access_token"]);
}

#[tokio::test]
async fn extending_is_an_unversioned_get_without_the_secret() {
    let stub = Stub::start(vec![("/refresh_access_token", vec![long_lived()])]).await;
    let issued = stub.meta().of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap();
    assert_eq!(issued.token.expose_secret(), "IGAAlong");
    assert_eq!(issued.grant.expires_at, Some(now() + TimeDelta::seconds(5_183_944)));
    let [seen] = stub.seen().try_into().unwrap();
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("GET", "/refresh_access_token"));
    assert_eq!((seen.param("grant_type"), seen.param("access_token")), ("ig_refresh_token", TOKEN));
    assert_eq!(seen.param("client_secret"), "");
}

#[tokio::test]
async fn extending_is_tried_once_and_a_dead_token_is_dead() {
    let stub =
        Stub::start(vec![("/refresh_access_token", vec![refusal(400, 190, 0, "Session has expired on X")])]).await;
    let error = stub.meta().of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Dead(Death::Expired));
    assert_eq!(stub.seen().len(), 1);
}

#[tokio::test]
async fn the_profile_is_read_in_both_shapes() {
    let me = json!({
        "id": "1020", "user_id": 17_841_400_000_000_001_u64, "username": "ann", "name": "Ann", "account_type": "Media_Creator"
    });
    for answer in [me.clone(), json!({"data": [me]})] {
        let stub = Stub::start(vec![("/v25.0/me", vec![stub::json(answer)])]).await;
        let [profile] =
            stub.meta().of(Platform::Instagram).unwrap().profiles(&TOKEN.into()).await.unwrap().try_into().unwrap();
        assert_eq!(profile.instagram_id.0, "17841400000000001");
        assert_eq!((profile.username.as_str(), profile.name.as_str()), ("ann", "Ann"));
        assert_eq!((profile.account_type, profile.page), (AccountType::Creator, None));
        assert_eq!(stub.seen()[0].param("fields"), "user_id,username,name,account_type");
    }
}

#[tokio::test]
async fn a_check_asks_for_the_ids_and_what_comes_with_them() {
    let replies = vec![stub::json(json!({"id": "1020"})), refusal(403, 10, 0, "no permission for this action")];
    let stub = Stub::start(vec![(ME, replies)]).await;
    let meta = stub.meta();
    let instagram = meta.of(Platform::Instagram).unwrap();
    instagram.check(&TOKEN.into(), &stub::whose()).await.unwrap();
    assert_eq!(stub.seen()[0].param("fields"), "id,user_id,username,name");
    let refused = instagram.check(&TOKEN.into(), &stub::whose()).await.unwrap_err();
    assert_eq!(refused.verdict, Verdict::PermissionMissing);
}

async fn check(body: &str) -> Result<(), MetaError> {
    let stub = Stub::start(vec![(ME, vec![stub::text(body)])]).await;
    stub.meta().of(Platform::Instagram).unwrap().check(&TOKEN.into(), &stub::whose()).await.map(drop)
}

#[tokio::test]
async fn either_id_in_either_shape_is_a_proof_of_life() {
    for body in [
        r#"{"id":"1020"}"#,
        r#"{"id":1020,"user_id":17841400000000001}"#,
        r#"{"id":"17841400000000001"}"#,
        r#"{"id":"another app's","user_id":"17841400000000001"}"#,
        r#"{"data":[{"id":"1020"}]}"#,
        r#"{"id":"1020","error":null,"errors":[]}"#,
    ] {
        check(body).await.unwrap_or_else(|error| panic!("{body}: {error}"));
    }
}

#[tokio::test]
async fn only_an_object_with_the_right_id_is_a_proof_of_life() {
    let others =
        [r#"{"id":"1021"}"#, r#"{"id":""}"#, r#"{"id":{}}"#, r#"{"user_id":"5"}"#, r#"{"data":[{"id":"1021"}]}"#];
    for body in stub::NO_ANSWERS.into_iter().chain(others) {
        let error = check(body).await.expect_err(body);
        assert!(matches!(error.verdict, Verdict::Unknown(Failure::Unclear | Failure::Unavailable)), "{body}: {error}");
    }
    assert_eq!(*check(r#"{"id":"1021"}"#).await.unwrap_err().what, What::SomebodyElse);
}

#[tokio::test]
async fn what_is_no_answer_is_neither_a_token_nor_a_profile() {
    for body in stub::NO_ANSWERS {
        let paths = [ME, "/refresh_access_token", "/oauth/access_token"];
        let stub = Stub::start(paths.map(|path| (path, vec![stub::text(body)])).to_vec()).await;
        let meta = stub.meta();
        let instagram = meta.of(Platform::Instagram).unwrap();
        assert!(instagram.profiles(&TOKEN.into()).await.is_err(), "{body}");
        assert!(instagram.extend(&TOKEN.into(), now()).await.is_err(), "{body}");
        assert!(instagram.redeem("AQcode", now()).await.is_err(), "{body}");
        let (long, _) = redeem(short_lived(), vec![stub::text(body)]).await;
        assert!(long.is_err(), "{body}");
    }
}

#[tokio::test]
async fn no_string_but_a_usable_one_is_a_token() {
    for string in
        [json!(""), json!(" "), json!(null), json!(7), json!("IGAA long"), json!("IGAA\u{fffd}x"), json!(["IGAA"])]
    {
        let answer = stub::json(json!({"access_token": string, "expires_in": 5_183_944}));
        let stub = Stub::start(vec![("/refresh_access_token", vec![answer])]).await;
        let error = stub.meta().of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap_err();
        assert_eq!(error.verdict, Verdict::Unknown(Failure::Unclear), "{string}");
    }
}

#[tokio::test]
async fn no_token_lives_for_more_than_60_days_whatever_the_answer_says() {
    let day = 86_400;
    let table = [
        (json!(null), 60 * day),
        (json!(0), 60 * day),
        (json!(-5), 60 * day),
        (json!("soon"), 60 * day),
        (json!([]), 60 * day),
        (json!(61 * day), 60 * day),
        (json!(i64::MAX), 60 * day),
        (json!(1e300), 60 * day),
        (json!(5_183_944), 5_183_944),
        (json!("86400"), day),
    ];
    for (expires_in, expected) in table {
        let answer = json!({"access_token": "IGAAlong", "expires_in": expires_in});
        let stub = Stub::start(vec![("/refresh_access_token", vec![stub::json(answer.clone())])]).await;
        let issued = stub.meta().of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap();
        assert_eq!(issued.grant.expires_at, Some(now() + TimeDelta::seconds(expected)), "{expires_in}");
        let (granted, _) = redeem(short_lived(), vec![stub::json(answer)]).await;
        assert_eq!(
            granted.unwrap().issued.grant.expires_at,
            Some(now() + TimeDelta::seconds(expected)),
            "{expires_in}"
        );
    }
    let silent = stub::json(json!({"access_token": "IGAAlong"}));
    let stub = Stub::start(vec![("/refresh_access_token", vec![silent])]).await;
    let issued = stub.meta().of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap();
    assert_eq!(issued.grant.expires_at, Some(now() + TimeDelta::days(60)));
}

#[tokio::test]
async fn half_an_emoji_in_a_name_costs_no_sign_in() {
    let me = r#"{"id":"1020","user_id":"17841400000000001","username":"ann","name":"Ann \ud83d"}"#;
    let stub = Stub::start(vec![(ME, vec![stub::text(me)])]).await;
    let profiles = stub.meta().of(Platform::Instagram).unwrap().profiles(&TOKEN.into()).await.unwrap();
    assert_eq!(profiles[0].name, "Ann \u{fffd}");
}
