//! Facebook Login, question by question.

use backend::meta::{AccountType, Granted, Page, RedeemError, What};
use chrono::TimeDelta;
use domain::platform::Platform;
use domain::token::{Consent, Death, Failure, Verdict};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::stub::{self, Reply, SECRET, Stub, TOKEN, now, refusal};

const EXCHANGE: &str = "/v25.0/oauth/access_token";
const PERMISSIONS: &str = "/v25.0/me/permissions";
const ACCOUNTS: &str = "/v25.0/me/accounts";
const DEBUG: &str = "/v25.0/debug_token";
const ME: &str = "/v25.0/me";
const DAY: i64 = 86_400;

fn token(text: &str, expires_in: Option<i64>) -> Reply {
    let mut body = json!({"access_token": text, "token_type": "bearer"});
    if let Some(seconds) = expires_in {
        body["expires_in"] = json!(seconds);
    }
    stub::json(body)
}

fn permissions(declined: &str) -> Reply {
    let status = |scope: &str| if scope == declined { "declined" } else { "granted" };
    let entry = |scope: &&str| json!({"permission": scope, "status": status(scope)});
    let list: Vec<Value> = Platform::Facebook.scopes().iter().map(entry).collect();
    stub::json(json!({"data": list}))
}

fn listed(permissions: Value) -> Reply {
    stub::json(json!({"data": permissions}))
}

fn debug() -> Reply {
    let unix = now().timestamp();
    stub::json(json!({"data": {
        "app_id": "facebook-app", "is_valid": true, "expires_at": unix + 59 * DAY, "data_access_expires_at": unix + 90 * DAY
    }}))
}

async fn redeem(exchange: Vec<Reply>, permissions: Reply, debug: Reply) -> (Result<Granted, RedeemError>, Stub) {
    let me = stub::json(json!({"id": "4444", "name": "Ann"}));
    let answers =
        vec![(EXCHANGE, exchange), (PERMISSIONS, vec![permissions]), (DEBUG, vec![debug]), ("/v25.0/me", vec![me])];
    let stub = Stub::start(answers).await;
    let granted = stub.meta().of(Platform::Facebook).unwrap().redeem("AQcode#_=_", now()).await;
    (granted, stub)
}

#[test]
fn the_dialog_is_opened_so_that_it_helps() {
    let meta = stub::meta_at(&"https://www.facebook.example".parse().unwrap());
    let facebook = meta.of(Platform::Facebook).unwrap();
    let plain = facebook.authorize_url("state", Consent::Plain);
    assert_eq!(
        plain.as_str(),
        "https://www.facebook.example/v25.0/dialog/oauth?client_id=facebook-app\
         &redirect_uri=https%3A%2F%2Fpilotlight.example%2Fauth%2Ffacebook%2Fcallback&response_type=code\
         &scope=instagram_basic%2Cpages_show_list%2Cpages_read_engagement&state=state"
    );
    let query = |consent| facebook.authorize_url("state", consent).query().unwrap().to_owned();
    assert!(query(Consent::AskAgain).ends_with("&auth_type=rerequest"));
    assert!(query(Consent::RenewDataAccess).ends_with("&auth_type=reauthorize"));
}

#[tokio::test]
async fn a_code_becomes_a_long_lived_token_with_both_deadlines() {
    let exchange = vec![token("EAAshort", Some(4000)), token("EAAlong", Some(60 * DAY))];
    let (granted, stub) = redeem(exchange, permissions(""), debug()).await;
    let granted = granted.unwrap();
    assert_eq!((granted.user_id.0.as_str(), granted.name.as_deref()), ("4444", Some("Ann")));
    assert_eq!(granted.issued.token.expose_secret(), "EAAlong");
    assert_eq!(granted.issued.grant.expires_at, Some(now() + TimeDelta::days(60)));
    assert_eq!(granted.issued.grant.data_access_expires_at, Some(now() + TimeDelta::days(90)));

    let [code, listing, long, me, debug] = stub.seen().try_into().unwrap();
    assert_eq!((code.method.as_str(), code.param("code"), code.param("grant_type")), ("GET", "AQcode", ""));
    assert_eq!(code.param("redirect_uri"), "https://pilotlight.example/auth/facebook/callback");
    assert_eq!((code.param("client_id"), code.param("client_secret")), ("facebook-app", SECRET));
    assert_eq!((listing.path.as_str(), listing.param("access_token")), (PERMISSIONS, "EAAshort"));
    assert_eq!(listing.param("appsecret_proof").len(), 64);
    assert_eq!((long.param("grant_type"), long.param("fb_exchange_token")), ("fb_exchange_token", "EAAshort"));
    assert_eq!((me.param("access_token"), me.param("fields")), ("EAAlong", "id,name"));
    assert_eq!((debug.path.as_str(), debug.param("input_token")), (DEBUG, "EAAlong"));
    assert_eq!(debug.param("access_token"), "facebook-app|app-secret");
}

#[tokio::test]
async fn a_declined_permission_ends_the_exchange() {
    let (granted, stub) = redeem(vec![token("EAAshort", None)], permissions("pages_show_list"), debug()).await;
    assert_eq!(granted.unwrap_err(), RedeemError::MissingPermissions(vec!["pages_show_list".to_owned()]));
    assert_eq!(stub.paths(), [EXCHANGE, PERMISSIONS]);
}

#[tokio::test]
async fn a_refused_code_says_why() {
    let table = [
        (refusal(400, 100, 0, "This authorization code has been used."), true),
        (refusal(400, 100, 0, "This authorization code has expired."), true),
        (refusal(400, 1, 0, "Error validating client secret."), false),
    ];
    for (reply, is_spent) in table {
        let (granted, _) = redeem(vec![reply], permissions(""), debug()).await;
        match granted.unwrap_err() {
            RedeemError::CodeSpent(_) => assert!(is_spent),
            RedeemError::AppFault(_) => assert!(!is_spent),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn without_a_span_the_deadline_comes_from_debug_token() {
    let stub = Stub::start(vec![(EXCHANGE, vec![token("EAAnew", None)]), (DEBUG, vec![debug()])]).await;
    let meta = stub.meta();
    let provider = meta.of(Platform::Facebook).unwrap();
    let issued = provider.extend(&TOKEN.into(), now()).await.unwrap();
    assert_eq!((issued.grant.expires_at, stub.seen().len()), (None, 1), "nothing else is asked before it can be saved");
    assert_eq!(provider.complete(&issued).await.expires_at, Some(now() + TimeDelta::days(59)));
    let exchange = &stub.seen()[0];
    assert_eq!((exchange.param("grant_type"), exchange.param("fb_exchange_token")), ("fb_exchange_token", TOKEN));
}

#[tokio::test]
async fn the_new_string_is_never_lost_to_a_failing_debug_token() {
    let bad = "Invalid OAuth access token - Debug only access token";
    for reply in [refusal(400, 190, 0, bad), refusal(500, 2, 0, "x"), stub::json(json!([]))] {
        let stub = Stub::start(vec![(EXCHANGE, vec![token("EAAnew", Some(60 * DAY))]), (DEBUG, vec![reply])]).await;
        let meta = stub.meta();
        let provider = meta.of(Platform::Facebook).unwrap();
        let issued = provider.extend(&TOKEN.into(), now()).await.unwrap();
        assert_eq!(issued.token.expose_secret(), "EAAnew");
        let grant = provider.complete(&issued).await;
        assert_eq!(grant.expires_at, Some(now() + TimeDelta::days(60)));
        assert_eq!(grant.data_access_expires_at, None);
    }
}

#[tokio::test]
async fn a_check_sees_death_and_lost_permissions() {
    let replies = vec![
        permissions(""),
        permissions("instagram_basic"),
        listed(json!([{"permission": "instagram_basic", "status": "expired"}])),
        refusal(400, 190, 460, "The session has been invalidated"),
        refusal(400, 4, 0, "(#4) Application request limit reached"),
    ];
    let stub = Stub::start(vec![(PERMISSIONS, replies), (ME, vec![stub::json(json!({"id": "1020"}))])]).await;
    let meta = stub.meta();
    let facebook = meta.of(Platform::Facebook).unwrap();
    facebook.check(&TOKEN.into(), &stub::whose()).await.unwrap();
    assert_eq!(stub.paths(), [PERMISSIONS, ME, "/v25.0/17841400000000001"], "names are asked of the account");
    for _ in ["declined", "expired"] {
        let missing = facebook.check(&TOKEN.into(), &stub::whose()).await.unwrap_err();
        assert_eq!(missing.verdict, Verdict::PermissionMissing);
        assert_eq!(*missing.what, What::NotGranted(vec!["instagram_basic".to_owned()]));
    }
    for expected in [Verdict::Dead(Death::PasswordChanged), Verdict::Unknown(Failure::Limited)] {
        assert_eq!(facebook.check(&TOKEN.into(), &stub::whose()).await.unwrap_err().verdict, expected);
    }
}

#[tokio::test]
async fn a_list_that_does_not_speak_of_a_permission_is_no_verdict() {
    let with = |status: &str| json!([{"permission": "instagram_basic", "status": status}]);
    let lists = [json!([]), json!([{"permission": "email", "status": "declined"}]), with("granted"), with("later")];
    for list in lists {
        let answers = vec![(PERMISSIONS, vec![listed(list.clone())]), (ME, vec![stub::json(json!({"id": "1020"}))])];
        let stub = Stub::start(answers).await;
        let error = stub.meta().of(Platform::Facebook).unwrap().check(&TOKEN.into(), &stub::whose()).await.unwrap_err();
        assert_eq!(error.verdict, Verdict::Unknown(Failure::Unclear), "{list}: {error}");
        assert!(matches!(*error.what, What::NotListed(_)), "{list}: {error}");
    }
}

#[tokio::test]
async fn an_empty_list_after_consent_is_no_refusal() {
    let exchange = vec![token("EAAshort", Some(4000)), token("EAAlong", Some(60 * DAY))];
    let (granted, _) = redeem(exchange, listed(json!([])), debug()).await;
    assert_eq!(granted.unwrap().issued.token.expose_secret(), "EAAlong");
}

#[tokio::test]
async fn only_the_persons_own_id_is_a_proof_of_life() {
    for body in stub::NO_ANSWERS.into_iter().chain([r#"{"id":"1021"}"#]) {
        let stub = Stub::start(vec![(PERMISSIONS, vec![permissions("")]), (ME, vec![stub::text(body)])]).await;
        let check = stub.meta().of(Platform::Facebook).unwrap().check(&TOKEN.into(), &stub::whose()).await;
        assert!(matches!(check.unwrap_err().verdict, Verdict::Unknown(_)), "{body}");
        let stub = Stub::start(vec![(PERMISSIONS, vec![stub::text(body)])]).await;
        let check = stub.meta().of(Platform::Facebook).unwrap().check(&TOKEN.into(), &stub::whose()).await;
        assert!(matches!(check.unwrap_err().verdict, Verdict::Unknown(_)), "{body}");
    }
}

#[tokio::test]
async fn an_account_that_answers_for_another_is_none() {
    let page = json!({"data": [{"id": "1", "name": "A", "instagram_business_account": {"id": "11"}}]});
    let other = stub::json(json!({"id": "22", "username": "ann"}));
    let stub = Stub::start(vec![(ACCOUNTS, vec![stub::json(page)]), ("/v25.0/11", vec![other])]).await;
    let error = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap_err();
    assert_eq!(*error.what, What::SomebodyElse);
}

#[tokio::test]
async fn every_linked_page_brings_its_account_over_all_pages_of_the_list() {
    let next = "https://graph.facebook.com/?access_token=EAAnever";
    let first = json!({
        "data": [
            {"id": "1", "name": "Bakery", "instagram_business_account": {"id": "17841400000000001"}},
            {"id": "2", "name": "Not linked"}
        ],
        "paging": {"cursors": {"before": "a", "after": "b"}, "next": next}
    });
    let last = json!({
        "data": [{"id": "3", "name": "Café", "instagram_business_account": {"id": 17_841_400_000_000_003_u64}}],
        "paging": {"cursors": {"before": "b", "after": "c"}}
    });
    let stub = Stub::start(vec![
        (ACCOUNTS, vec![stub::json(first), stub::json(last)]),
        ("/v25.0/17841400000000001", vec![stub::json(json!({"id": "17841400000000001", "username": "bakery"}))]),
        ("/v25.0/17841400000000003", vec![stub::json(json!({"username": "cafe", "name": "Café"}))]),
    ])
    .await;
    let profiles = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap();
    let names: Vec<_> = profiles.iter().map(|profile| (profile.username.as_str(), profile.name.as_str())).collect();
    assert_eq!(names, [("bakery", ""), ("cafe", "Café")]);
    assert_eq!(profiles[0].page, Some(Page { id: "1".to_owned(), name: "Bakery".to_owned() }));
    assert_eq!(profiles[0].account_type, AccountType::Professional);
    assert_eq!(profiles[1].instagram_id.0, "17841400000000003");
    let cursors: Vec<String> = stub.seen()[..2].iter().map(|seen| seen.param("after").to_owned()).collect();
    assert_eq!(cursors, ["", "b"]);
}

#[tokio::test]
async fn an_empty_list_right_after_consent_is_asked_for_again() {
    let page = json!({"data": [{"id": "1", "name": "A", "instagram_business_account": {"id": "17841400000000001"}}]});
    let stub = Stub::start(vec![
        (ACCOUNTS, vec![stub::json(json!({"data": []})), stub::json(page)]),
        ("/v25.0/17841400000000001", vec![stub::json(json!({"username": "ann"}))]),
    ])
    .await;
    let profiles = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap();
    assert_eq!(profiles.len(), 1);
}

#[tokio::test]
async fn a_list_that_never_ends_ends() {
    let again = json!({"data": [{"id": "1"}], "paging": {"cursors": {"after": "same"}, "next": "x"}});
    let stub = Stub::start(vec![(ACCOUNTS, vec![stub::json(again)])]).await;
    assert_eq!(stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap(), []);
    assert_eq!(stub.paths().iter().filter(|path| *path == ACCOUNTS).count(), 2);
}

fn grant(pages: Value, accounts: Value) -> Reply {
    stub::json(json!({"data": {"is_valid": true, "granular_scopes": [
        {"scope": "pages_show_list", "target_ids": pages},
        {"scope": "pages_read_engagement", "target_ids": pages},
        {"scope": "instagram_basic", "target_ids": accounts},
        {"scope": "business_management"}
    ]}}))
}

async fn found(answers: Vec<(&str, Vec<Reply>)>) -> (Vec<(String, Option<String>)>, Stub) {
    let stub = Stub::start(answers).await;
    let profiles = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap();
    (profiles.into_iter().map(|profile| (profile.username, profile.page.map(|page| page.id))).collect(), stub)
}

#[tokio::test]
async fn what_the_list_leaves_out_is_asked_for_by_the_ids_of_the_grant() {
    let page = |id: &str, linked: &str| {
        stub::json(json!({"id": id, "name": "P", "instagram_business_account": {"id": linked}}))
    };
    let account = |name: &str| stub::json(json!({"username": name}));
    let hidden = || refusal(400, 100, 33, "Unsupported get request. Object with ID '9' does not exist");
    let one = |id: &str| Some(id.to_owned());

    // Nothing is listed: the Page is named, and an account of another, hidden Page.
    let (names, stub) = found(vec![
        (ACCOUNTS, vec![stub::json(json!({"data": []}))]),
        (DEBUG, vec![grant(json!(["1", 9]), json!(["11", "22"]))]),
        ("/v25.0/1", vec![page("1", "11")]),
        ("/v25.0/9", vec![hidden()]),
        ("/v25.0/11", vec![account("ann")]),
        ("/v25.0/22", vec![account("ben")]),
    ])
    .await;
    assert_eq!(names, [("ann".to_owned(), one("1")), ("ben".to_owned(), None)]);
    assert_eq!(
        stub.paths().iter().filter(|path| *path == ACCOUNTS).count(),
        1,
        "nobody waits for a list that stays empty"
    );
    assert_eq!(
        stub.seen().iter().find(|seen| seen.path == DEBUG).unwrap().param("access_token"),
        "facebook-app|app-secret"
    );

    // One is listed, the other is of a portfolio; each is asked for once.
    let (names, stub) = found(vec![
        (ACCOUNTS, vec![stub::json(json!({"data": [{"id": "1", "instagram_business_account": {"id": "11"}}]}))]),
        (DEBUG, vec![grant(json!(["1", "2"]), json!(["11", "22", "33"]))]),
        ("/v25.0/2", vec![page("2", "22")]),
        ("/v25.0/11", vec![account("ann")]),
        ("/v25.0/22", vec![account("ben")]),
        ("/v25.0/33", vec![hidden()]),
    ])
    .await;
    assert_eq!(names, [("ann".to_owned(), one("1")), ("ben".to_owned(), one("2"))]);
    assert_eq!(stub.seen().len(), 6);
}

#[tokio::test]
async fn a_grant_that_cannot_be_read_takes_nothing_away() {
    let list = json!({"data": [{"id": "1", "instagram_business_account": {"id": "11"}}]});
    for reply in [
        refusal(400, 190, 0, "Invalid OAuth access token - Debug only access token"),
        stub::json(json!({"data": {"granular_scopes": [{"scope": "instagram_basic"}]}})),
        stub::json(json!({"data": {"is_valid": true}})),
        stub::json(json!({"data": {"granular_scopes": null}})),
        stub::json(json!("nonsense")),
    ] {
        let (names, _) = found(vec![
            (ACCOUNTS, vec![stub::json(list.clone())]),
            (DEBUG, vec![reply]),
            ("/v25.0/11", vec![stub::json(json!({"username": "ann"}))]),
        ])
        .await;
        assert_eq!(names, [("ann".to_owned(), Some("1".to_owned()))]);
    }
}

#[tokio::test]
async fn the_token_of_a_page_brings_the_account_of_that_page() {
    let (names, stub) = found(vec![
        (
            ACCOUNTS,
            vec![refusal(400, 100, 0, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")],
        ),
        (DEBUG, vec![stub::json(json!({"data": {"type": "PAGE"}}))]),
        ("/v25.0/me", vec![stub::json(json!({"id": "1", "name": "P", "instagram_business_account": {"id": "11"}}))]),
        ("/v25.0/11", vec![stub::json(json!({"username": "ann"}))]),
    ])
    .await;
    assert_eq!(names, [("ann".to_owned(), Some("1".to_owned()))]);
    assert_eq!(stub.paths(), [ACCOUNTS, "/v25.0/me", DEBUG, "/v25.0/11"]);
}

#[tokio::test]
async fn one_account_that_meta_does_not_show_hides_no_other() {
    let unknown = refusal(400, 100, 33, "Object with ID '1' does not exist");
    let list = json!({"data": [
        {"id": "1", "instagram_business_account": {"id": "11"}}, {"id": "2", "instagram_business_account": {"id": "22"}}
    ]});
    let answers = |second: Reply| {
        vec![
            (ACCOUNTS, vec![stub::json(list.clone())]),
            ("/v25.0/11", vec![unknown.clone()]),
            ("/v25.0/22", vec![second]),
        ]
    };
    let stub = Stub::start(answers(stub::json(json!({"username": "ann"})))).await;
    let profiles = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap();
    assert_eq!(profiles.len(), 1);

    let stub = Stub::start(answers(unknown.clone())).await;
    let error = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Unknown(Failure::Unclear));

    let stub = Stub::start(answers(refusal(400, 190, 463, "expired"))).await;
    let error = stub.meta().of(Platform::Facebook).unwrap().profiles(&TOKEN.into()).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Dead(Death::Expired));
}
