//! What Meta tells in signed requests.

use backend::service::{Error, accounts, callbacks};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::authorization::Intent;
use domain::platform::Platform;
use domain::token::{Cause, Death, Status, Trigger};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::on_both;
use crate::world::{Trip, active};

/// Signed as Meta does, with the sandbox's Instagram secret.
pub fn signed(user_id: &str, issued_at: i64, secret: &str) -> String {
    let json = format!(r#"{{"user_id":"{user_id}","algorithm":"HMAC-SHA256","issued_at":{issued_at}}}"#);
    let payload = URL_SAFE_NO_PAD.encode(json);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

pub const SECRET: &str = "sandbox-instagram-secret";

pub async fn user_id(w: &crate::world::World) -> String {
    w.test_db.text("SELECT meta_user_id AS it FROM token").await.unwrap()
}

on_both! {
    async fn a_deauthorize_callback_ends_the_token_and_says_why(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let now = w.s.clock.now().timestamp() + 60;
        let request = signed(&user_id(&w).await, now, SECRET);
        callbacks::deauthorize(&w.s, Platform::Instagram, &request).await.unwrap();
        let token = w.token(&paul).await;
        assert!(matches!(token.summary.status, Status::NotActive(Cause::Dead { death: Death::AppRemoved, .. })));
        assert_eq!(token.history.items[0].trigger, Trigger::Callback);
        callbacks::deauthorize(&w.s, Platform::Instagram, &request).await.unwrap();
        assert_eq!(w.token(&paul).await.history.items.len(), token.history.items.len());
    }

    async fn whoever_has_another_way_in_loses_the_login_and_its_accounts_alone(w) {
        let ann = w.sign_up("ann@example.com").await;
        w.trip(Trip { who: "seoul.bakery", intent: Intent::Connect, signed: Some(&ann), ..Trip::default() }).await;
        w.trip(Trip { intent: Intent::Link, signed: Some(&ann), ..Trip::default() }).await;
        assert_eq!(w.accounts(&ann).await.len(), 2);
        let paul = w.test_db.text("SELECT meta_user_id AS it FROM identity").await.unwrap();
        let request = signed(&paul, w.s.clock.now().timestamp() + 60, SECRET);
        callbacks::delete_data(&w.s, Platform::Instagram, &request).await.unwrap();
        let rest = w.accounts(&ann).await;
        assert_eq!(rest.iter().map(|account| account.username.as_str()).collect::<Vec<_>>(), ["seoul.bakery"]);
        backend::service::people::log_in(&w.s, "ann@example.com", "correct horse", crate::world::client()).await.unwrap();
        assert_eq!(w.test_db.count("identity").await.unwrap(), 0);
    }

    async fn a_late_callback_does_not_end_a_newer_token(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let request = signed(&user_id(&w).await, w.s.clock.now().timestamp() - 3600, SECRET);
        callbacks::deauthorize(&w.s, Platform::Instagram, &request).await.unwrap();
        assert!(active(&w.token(&paul).await));
    }

    async fn a_forged_or_unknown_request_changes_nothing(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let now = w.s.clock.now().timestamp() + 60;
        for forged in [signed(&user_id(&w).await, now, "guessed"), "nonsense".into(), "a.b".into(), String::new()] {
            let refused = callbacks::deauthorize(&w.s, Platform::Instagram, &forged).await;
            assert!(matches!(refused, Err(Error::Forged(_))), "{forged}");
            assert!(matches!(callbacks::delete_data(&w.s, Platform::Instagram, &forged).await, Err(Error::Forged(_))));
        }
        callbacks::deauthorize(&w.s, Platform::Instagram, &signed("42", now, SECRET)).await.unwrap();
        assert!(active(&w.token(&paul).await));
    }

    async fn a_deletion_reaches_what_lives_by_other_tokens_and_is_done_once(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let request = signed(&user_id(&w).await, w.s.clock.now().timestamp(), SECRET);
        w.trip(Trip { intent: Intent::Connect, who: "seoul.bakery", signed: Some(&paul), ..Trip::default() }).await;
        assert_eq!(w.accounts(&paul).await.len(), 2);
        let delete = async || callbacks::delete_data(&w.s, Platform::Instagram, &request).await.unwrap();
        let code = delete().await;
        for table in ["token", "account", "membership", "person", "identity"] {
            assert_eq!(w.test_db.count(table).await.unwrap(), 0, "{table}: nobody could look after it any more");
        }
        // Meta repeats itself, and the person has come back in between.
        w.sign_in(Platform::Instagram, "paul").await;
        assert_eq!(delete().await, code);
        assert_eq!(w.test_db.count("deletion").await.unwrap(), 1);
        let late = signed(&user_id(&w).await, w.s.clock.now().timestamp() - 3600, SECRET);
        callbacks::delete_data(&w.s, Platform::Instagram, &late).await.unwrap();
        assert_eq!(w.test_db.count("token").await.unwrap(), 1, "what came after the request stays");
    }

    async fn a_deletion_takes_nothing_from_the_others(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let request = signed(&user_id(&w).await, w.s.clock.now().timestamp(), SECRET);
        let baker = w.sign_in(Platform::Instagram, "seoul.bakery").await;
        w.trip(Trip { intent: Intent::Connect, who: "seoul.bakery", signed: Some(&paul), ..Trip::default() }).await;
        callbacks::delete_data(&w.s, Platform::Instagram, &request).await.unwrap();
        assert_eq!(w.accounts(&baker).await.len(), 1);
        assert!(active(&w.token(&baker).await));
    }

    async fn two_that_leave_at_once_leave_nothing(w) {
        for n in 0..10 {
            let paul = w.sign_in(Platform::Instagram, "paul").await;
            let agency = w.sign_up(&format!("agency{n}@example.com")).await;
            w.trip(Trip { intent: Intent::Connect, who: "paul", signed: Some(&agency), ..Trip::default() }).await;
            let account = w.accounts(&paul).await[0].id;
            let (one, other) = tokio::join!(
                accounts::disconnect(&w.s, &paul.me, account),
                accounts::disconnect(&w.s, &agency.me, account)
            );
            one.and(other).unwrap();
            for table in ["token", "account"] {
                assert_eq!(w.test_db.count(table).await.unwrap(), 0, "{table}, round {n}");
            }
        }
    }

    async fn a_deletion_leaves_nothing_but_a_receipt(w) {
        w.sign_in(Platform::Instagram, "paul").await;
        let request = signed(&user_id(&w).await, w.s.clock.now().timestamp(), SECRET);
        let code = callbacks::delete_data(&w.s, Platform::Instagram, &request).await.unwrap();
        let receipt = callbacks::deletion_status(&w.s, &code).await.unwrap().unwrap();
        assert!(receipt.done_at.is_some());
        assert!(callbacks::deletion_status(&w.s, "guessed").await.unwrap().is_none());
        for table in ["token", "account", "membership", "history", "person", "identity", "session"] {
            assert_eq!(w.test_db.count(table).await.unwrap(), 0, "{table}");
        }
        // Whoever comes back begins anew.
        let back = w.trip(Trip::default()).await;
        assert!(back.session.is_some());
    }
}
