//! Whole lives against the sandbox, which is written from the same reference
//! by other hands.

use backend::meta::{AccountType, Granted, Profile, RedeemError, Whose};
use chrono::TimeDelta;
use domain::platform::Platform::{self, Facebook, Instagram};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::stub::{self, Stub};
use crate::world::World;

async fn log_in(world: &World, platform: Platform, username: &str) -> (Granted, Vec<Profile>) {
    let code = world.consent(platform, username, platform.scopes()).await;
    let granted = world.provider(platform).redeem(&code, world.now()).await.unwrap();
    let profiles = world.provider(platform).profiles(&granted.issued.token).await.unwrap();
    let accounts = profiles.iter().map(|profile| profile.instagram_id.clone()).collect();
    let whose = Whose { user_id: granted.user_id.clone(), accounts };
    world.provider(platform).check(&granted.issued.token, &whose).await.unwrap();
    (granted, profiles)
}

/// About 60 days: the sandbox's real clock goes on between its answer and ours.
fn is_about(span: TimeDelta, days: i64) -> bool {
    (span - TimeDelta::days(days)).abs() < TimeDelta::minutes(10)
}

#[tokio::test]
async fn an_instagram_login_in_every_shape_meta_was_seen_to_use() {
    let world = World::new().await;
    let switches = [
        ("exchange_shape", json!("data")),
        ("profile_shape", json!("data")),
        ("permissions_shape", json!("string")),
        ("user_id_shape", json!("string")),
        ("slash_escaping", json!(false)),
        ("usage_headers", json!(true)),
    ];
    let mut seen = Vec::new();
    for (name, position) in std::iter::once(("exchange_shape", json!("flat"))).chain(switches) {
        world.switch(name, position).await;
        let (granted, profiles) = log_in(&world, Instagram, "paul").await;
        assert!(is_about(granted.issued.grant.expires_at.unwrap() - world.now(), 60));
        assert_eq!(granted.issued.grant.data_access_expires_at, None);
        seen.push((granted.user_id, profiles));
    }
    seen.dedup();
    let [(_, profiles)] = seen.try_into().unwrap();
    assert_eq!((profiles[0].username.as_str(), &profiles[0].account_type), ("paul", &AccountType::Business));
    assert!(profiles[0].instagram_id.0.starts_with("1784"));
}

#[tokio::test]
async fn account_types_of_the_cast() {
    let world = World::new().await;
    let cast = [
        ("best.of.instagram", AccountType::Creator),
        ("seoul.bakery", AccountType::Business),
        ("just.me", AccountType::Personal),
    ];
    for (username, expected) in cast {
        let (_, profiles) = log_in(&world, Instagram, username).await;
        assert_eq!(profiles[0].account_type, expected, "{username}");
    }
}

#[tokio::test]
async fn an_account_without_a_name_and_one_with_hostile_texts_are_read() {
    let world = World::new().await;
    let (_, quiet) = log_in(&world, Instagram, "quiet.start").await;
    assert_eq!(quiet[0].name, "");
    let (_, mallory) = log_in(&world, Instagram, "mallory.tables").await;
    assert_eq!(mallory[0].username, "mallory.tables");
}

#[tokio::test]
async fn an_instagram_token_is_extended_from_the_second_day_on() {
    for position in ["same", "rotate-old-stays", "rotate-old-dies"] {
        let world = World::new().await;
        world.switch("refresh_string", json!(position)).await;
        let (granted, _) = log_in(&world, Instagram, "paul").await;
        let old = granted.issued;
        world.hours_pass(30).await;
        let new = world.provider(Instagram).extend(&old.token, world.now()).await.unwrap();
        assert!(is_about(new.grant.expires_at.unwrap() - world.now(), 60));
        assert_eq!(new.token.expose_secret() == old.token.expose_secret(), position == "same");
        world.check(Instagram, &new.token).await.unwrap();
    }
}

#[tokio::test]
async fn an_early_extension_changes_no_end_or_is_refused_but_kills_nothing() {
    let world = World::new().await;
    let (granted, _) = log_in(&world, Instagram, "paul").await;
    world.hours_pass(1).await;
    let same = world.provider(Instagram).extend(&granted.issued.token, world.now()).await.unwrap();
    let moved = same.grant.expires_at.unwrap() - granted.issued.grant.expires_at.unwrap();
    assert!(moved.abs() < TimeDelta::minutes(1), "{moved}");
    world.switch("early_refresh", json!("400")).await;
    let error = world.provider(Instagram).extend(&same.token, world.now()).await.unwrap_err();
    assert!(matches!(error.verdict, domain::token::Verdict::Unknown(_)), "{error}");
}

#[tokio::test]
async fn a_facebook_login_brings_both_accounts_and_both_deadlines() {
    let world = World::new().await;
    let (granted, profiles) = log_in(&world, Facebook, "fiona.field").await;
    assert_eq!(granted.name.as_deref(), Some("Fiona Field"));
    assert!(is_about(granted.issued.grant.expires_at.unwrap() - world.now(), 60));
    assert!(is_about(granted.issued.grant.data_access_expires_at.unwrap() - world.now(), 90));
    let usernames: Vec<&str> = profiles.iter().map(|profile| profile.username.as_str()).collect();
    assert_eq!(usernames, ["field.flowers", "field.garden"]);
    assert!(profiles.iter().all(|profile| profile.page.is_some() && profile.instagram_id.0.starts_with("1784")));
}

#[tokio::test]
async fn a_facebook_token_is_extended_with_and_without_a_span_in_the_answer() {
    let world = World::new().await;
    let (granted, _) = log_in(&world, Facebook, "fiona.field").await;
    for omits in [false, true] {
        world.switch("facebook_omits_expires_in", json!(omits)).await;
        world.hours_pass(30).await;
        let new = world.provider(Facebook).extend(&granted.issued.token, world.now()).await.unwrap();
        let grant = world.provider(Facebook).complete(&new).await;
        assert!(is_about(grant.expires_at.unwrap() - world.now(), 60));
        let data_access = grant.data_access_expires_at.unwrap();
        assert!(data_access > world.now() + TimeDelta::days(80));
        world.check(Facebook, &new.token).await.unwrap();
    }
}

#[tokio::test]
async fn pages_that_appear_late_are_found_and_no_pages_is_no_error() {
    let world = World::new().await;
    world.switch("pages_delay_seconds", json!(1)).await;
    let (_, profiles) = log_in(&world, Facebook, "fiona.field").await;
    assert_eq!(profiles.len(), 2);
    let (_, none) = log_in(&world, Facebook, "noah.nopage").await;
    assert_eq!(none, []);
}

#[tokio::test]
async fn an_unticked_box_is_named() {
    let world = World::new().await;
    let code = world.consent(Instagram, "paul", &[]).await;
    let refused = world.provider(Instagram).redeem(&code, world.now()).await.unwrap_err();
    assert_eq!(refused, RedeemError::MissingPermissions(vec!["instagram_business_basic".to_owned()]));

    let code = world.consent(Facebook, "fiona.field", &["instagram_basic", "pages_read_engagement"]).await;
    let refused = world.provider(Facebook).redeem(&code, world.now()).await.unwrap_err();
    assert_eq!(refused, RedeemError::MissingPermissions(vec!["pages_show_list".to_owned()]));
}

#[tokio::test]
async fn a_code_works_once_and_for_an_hour() {
    let world = World::new().await;
    for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
        let provider = world.provider(platform);
        let code = world.consent(platform, username, platform.scopes()).await;
        provider.redeem(&code, world.now()).await.unwrap();
        let again = provider.redeem(&code, world.now()).await.unwrap_err();
        assert!(matches!(again, RedeemError::CodeSpent(_)), "{again:?}");
        assert!(!format!("{again:?} {again}").contains(&code));

        let late = world.consent(platform, username, platform.scopes()).await;
        world.hours_pass(2).await;
        let late = provider.redeem(&late, world.now()).await.unwrap_err();
        assert!(matches!(late, RedeemError::CodeSpent(_)), "{late:?}");

        let garbage = provider.redeem("garbage", world.now()).await.unwrap_err();
        assert!(matches!(garbage, RedeemError::CodeSpent(_)), "{garbage:?}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_the_operators_fault() {
    let world = World::new().await;
    for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
        let code = world.consent(platform, username, platform.scopes()).await;
        let meta = world.with_wrong_secrets();
        let refused = meta.of(platform).unwrap().redeem(&code, world.now()).await.unwrap_err();
        assert!(matches!(refused, RedeemError::AppFault(_)), "{refused:?}");
    }
}

#[tokio::test]
async fn signed_callbacks_of_both_platforms_are_verified() {
    let accepting = ["/meta/instagram/deauthorize", "/meta/facebook/data-deletion"];
    let stub = Stub::start(accepting.map(|path| (path, vec![stub::json(json!({}))])).to_vec()).await;
    let world = World::beside(stub.base.as_str()).await;
    let (paul, _) = log_in(&world, Instagram, "paul").await;
    let (fiona, _) = log_in(&world, Facebook, "fiona.field").await;
    world.control("send", json!({"username": "paul", "kind": "deauthorize"})).await;
    world.control("send", json!({"username": "fiona.field", "kind": "data-deletion"})).await;

    let seen = stub.seen();
    assert_eq!(stub.paths(), accepting);
    for (platform, person, seen) in [(Instagram, paul, &seen[0]), (Facebook, fiona, &seen[1])] {
        let signed = seen.param("signed_request");
        let request = world.meta.verify_signed_request(platform, signed).unwrap();
        assert_eq!(request.user_id, person.user_id);
        assert!((request.issued_at.unwrap() - world.now()).abs() < TimeDelta::minutes(1));
        assert!(world.with_wrong_secrets().verify_signed_request(platform, signed).is_err());
    }
}
