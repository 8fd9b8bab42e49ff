//! Every death and every fault the sandbox knows, and what we make of it.

use backend::meta::{MetaError, RedeemError};
use domain::platform::Platform::{self, Facebook, Instagram};
use domain::token::Death::*;
use domain::token::Failure;
use domain::token::SuspensionKind::*;
use domain::token::Verdict::{self, *};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::world::World;

const UNAVAILABLE: Verdict = Unknown(Failure::Unavailable);
const LIMITED: Verdict = Unknown(Failure::Limited);
const APP_FAULT: Verdict = Unknown(Failure::AppFault);
const UNCLEAR: Verdict = Unknown(Failure::Unclear);

/// The refusals of a check and of an extension, free of the token.
async fn refusals(world: &World, platform: Platform, token: &SecretString) -> [MetaError; 2] {
    let provider = world.provider(platform);
    let refused = world.check(platform, token).await.unwrap_err();
    let errors = [refused, provider.extend(token, world.now()).await.unwrap_err()];
    for error in &errors {
        let text = format!("{error} {error:?}");
        assert!(!text.contains(token.expose_secret()) && !text.contains("secret"), "{text}");
    }
    errors
}

#[tokio::test]
async fn every_death_has_its_name_on_both_platforms() {
    let deaths = [
        ("expire", Dead(Expired)),
        ("password", Dead(PasswordChanged)),
        ("remove", Dead(AppRemoved)),
        ("log-out", Dead(LoggedOut)),
        ("checkpoint", Suspended(Checkpoint)),
        ("unconfirm", Suspended(Unconfirmed)),
    ];
    let world = World::new().await;
    for subcode in ["absent", "0", "real"] {
        world.control("reset", json!({})).await;
        world.switch("instagram_subcode", json!(subcode)).await;
        world.switch("token_error_status", json!(if subcode == "0" { 401 } else { 400 })).await;
        for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
            for (happening, expected) in deaths {
                world.happens(username, "heal").await;
                let token = world.token(username).await;
                world.hours_pass(30).await;
                world.check(platform, &token).await.unwrap();
                world.happens(username, happening).await;
                for error in refusals(&world, platform, &token).await {
                    assert_eq!(error.verdict, expected, "{platform} {happening} {subcode}: {error}");
                    assert!(error.said.is_some());
                }
            }
        }
    }
}

#[tokio::test]
async fn the_same_string_works_again_after_a_suspension() {
    let world = World::new().await;
    for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
        let token = world.token(username).await;
        for (begin, end) in [("checkpoint", "pass-checkpoint"), ("unconfirm", "confirm")] {
            world.happens(username, begin).await;
            assert!(world.check(platform, &token).await.is_err());
            world.happens(username, end).await;
            world.check(platform, &token).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_permission_taken_back_is_seen_by_a_check() {
    let world = World::new().await;
    for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
        let token = world.token(username).await;
        for scope in platform.scopes() {
            world.control(&format!("people/{username}/untick"), json!({"permission": scope})).await;
            let error = world.check(platform, &token).await.unwrap_err();
            assert_eq!(error.verdict, PermissionMissing, "{platform} {scope}: {error}");
            world.happens(username, "grant").await;
            world.check(platform, &token).await.unwrap();
        }
    }
}

#[tokio::test]
async fn facebooks_second_deadline_has_a_name_of_its_own() {
    let world = World::new().await;
    let token = world.token("fiona.field").await;
    world.happens("fiona.field", "data-access").await;
    assert_eq!(world.check(Facebook, &token).await.unwrap_err().verdict, Dead(DataAccessExpired));
}

#[tokio::test]
async fn a_token_sent_to_the_wrong_platform_is_unreadable() {
    let world = World::new().await;
    let (paul, fiona) = (world.token("paul").await, world.token("fiona.field").await);
    for (platform, token) in [(Instagram, &fiona), (Facebook, &paul)] {
        for error in refusals(&world, platform, token).await {
            assert_eq!(error.verdict, Dead(Unreadable), "{platform}: {error}");
        }
    }
}

#[tokio::test]
async fn a_short_token_sent_to_be_extended_is_not_called_dead() {
    let world = World::new().await;
    let made = world.control("tokens", json!({"username": "paul", "kind": "short"})).await;
    let short = made["access_token"].as_str().unwrap().into();
    let error = world.provider(Instagram).extend(&short, world.now()).await.unwrap_err();
    assert_eq!(error.verdict, Suspended(Checkpoint), "{error}");
}

#[tokio::test]
async fn no_fault_of_the_service_kills_a_token() {
    let faults = [
        ("app-limit", LIMITED),
        ("user-limit", LIMITED),
        ("account-limit", LIMITED),
        ("transient", UNAVAILABLE),
        ("html502", UNAVAILABLE),
        ("drop", UNAVAILABLE),
        ("drop-after", UNAVAILABLE),
        ("big-body", UNAVAILABLE),
        ("broken-json", UNAVAILABLE),
        ("api-blocked", APP_FAULT),
        ("app-disabled", APP_FAULT),
        ("unsupported", UNCLEAR),
        ("unknown190", Doubtful(Unnamed)),
        ("postcard190", Doubtful(Unreadable)),
    ];
    let world = World::new().await;
    for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
        for (fault, expected) in faults {
            let token = world.token(username).await;
            world.hours_pass(30).await;
            // Every answer of the check and the extension, also a repeated one.
            world.control("faults", json!({"kind": fault, "regain_minutes": 19})).await;
            for error in refusals(&world, platform, &token).await {
                assert_eq!(error.verdict, expected, "{platform} {fault}: {error}");
                let wait = (fault == "account-limit").then(|| chrono::TimeDelta::minutes(19));
                assert_eq!(error.retry_after, wait, "{platform} {fault}");
            }
            world.control("reset", json!({})).await;
        }
    }
}

#[tokio::test]
async fn a_limit_is_one_whatever_the_http_status() {
    let world = World::new().await;
    let token = world.token("paul").await;
    for status in [400, 403, 429] {
        world.control("faults", json!({"kind": "app-limit", "status": status, "times": 1})).await;
        let error = world.check(Instagram, &token).await.unwrap_err();
        assert_eq!(error.verdict, LIMITED, "{status}");
    }
}

#[tokio::test]
async fn an_answer_lost_after_a_rotation_leaves_the_old_string_in_use() {
    let world = World::new().await;
    let token = world.token("paul").await;
    world.hours_pass(30).await;
    world.control("faults", json!({"kind": "drop-after", "endpoints": ["refresh"], "times": 1})).await;
    let error = world.provider(Instagram).extend(&token, world.now()).await.unwrap_err();
    assert_eq!(error.verdict, UNAVAILABLE);
    world.check(Instagram, &token).await.unwrap();
    world.provider(Instagram).extend(&token, world.now()).await.unwrap();
}

#[tokio::test]
async fn one_hiccup_after_the_code_is_spent_does_not_cost_the_login() {
    let world = World::new().await;
    let steps = [
        (Instagram, "paul", "long-exchange"),
        (Facebook, "fiona.field", "permissions"),
        (Facebook, "fiona.field", "facebook-extend"),
        (Facebook, "fiona.field", "profile"),
        (Facebook, "fiona.field", "debug-token"),
    ];
    for (platform, username, endpoint) in steps {
        let code = world.consent(platform, username, platform.scopes()).await;
        world.control("faults", json!({"kind": "transient", "endpoints": [endpoint], "times": 1})).await;
        let granted = world.provider(platform).redeem(&code, world.now()).await;
        assert!(granted.is_ok(), "{endpoint}: {granted:?}");
    }
}

#[tokio::test]
async fn an_outage_during_a_login_is_an_outage() {
    let world = World::new().await;
    for (platform, username) in [(Instagram, "paul"), (Facebook, "fiona.field")] {
        let code = world.consent(platform, username, platform.scopes()).await;
        world.control("faults", json!({"kind": "html502"})).await;
        let error = world.provider(platform).redeem(&code, world.now()).await.unwrap_err();
        let RedeemError::Meta(error) = error else { panic!("{error:?}") };
        assert_eq!(error.verdict, UNAVAILABLE);
        world.control("reset", json!({})).await;
    }
}
