//! What goes on by itself.

use backend::service::keys;
use domain::platform::Platform;
use domain::token::{Cause, Death, EventKind, Status, SuspensionKind, Trigger};

use crate::on_both;
use crate::world::{active, told};

on_both! {
    async fn a_token_is_extended_on_plan_for_a_year_without_anybody(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        for _ in 0..73 {
            w.pass(5 * 24).await;
            w.work().await;
        }
        let token = w.token(&paul).await;
        assert!(active(&token));
        let extended = told(&token).iter().filter(|kind| matches!(kind, EventKind::Extended { .. })).count();
        assert!((10..=14).contains(&extended), "{extended} extensions in a year");
        assert_eq!(token.history.items[0].trigger, Trigger::Schedule);
    }

    async fn an_expiry_is_told_without_any_visitor(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let expires_at = w.token(&paul).await.summary.expires_at.unwrap();
        w.pass(61 * 24).await;
        w.work().await;
        let token = w.token(&paul).await;
        let expired = Cause::Dead { death: Death::Expired, since: expires_at };
        assert_eq!(token.summary.status, Status::NotActive(expired));
        assert_eq!(told(&token)[0], EventKind::Ended { death: Death::Expired });
        assert_eq!(token.history.items[0].event.at, expires_at);
        w.work().await;
        assert_eq!(w.token(&paul).await.history.items.len(), 2);
    }

    async fn a_dead_token_is_found_within_a_day_with_its_cause(w) {
        for (who, what, death) in [
            ("paul", "password", Death::PasswordChanged),
            ("seoul.bakery", "remove", Death::AppRemoved),
            ("quiet.start", "log-out", Death::LoggedOut),
        ] {
            let signed = w.sign_in(Platform::Instagram, who).await;
            w.happens(who, what).await;
            w.pass(26).await;
            w.work().await;
            let token = w.token(&signed).await;
            assert!(matches!(token.summary.status, Status::NotActive(Cause::Dead { death: found, .. }) if found == death), "{who}: {:?}", token.summary.status);
            assert!(token.summary.said.is_some());
        }
    }

    async fn a_checkpoint_suspends_and_the_same_string_recovers(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        w.happens("paul", "checkpoint").await;
        w.pass(26).await;
        w.work().await;
        let status = w.token(&paul).await.summary.status;
        assert!(matches!(status, Status::NotActive(Cause::Suspended { kind: SuspensionKind::Checkpoint, .. })));
        w.happens("paul", "pass-checkpoint").await;
        w.pass(2).await;
        w.work().await;
        let token = w.token(&paul).await;
        assert!(active(&token));
        assert_eq!(told(&token)[0], EventKind::Recovered);
        assert_eq!(w.calls("code-exchange").await, 1);
    }

    async fn one_bad_token_does_not_stop_the_others(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let baker = w.sign_in(Platform::Instagram, "seoul.bakery").await;
        w.fault(serde_json::json!({ "kind": "transient", "username": "paul" })).await;
        w.pass(31 * 24).await;
        w.work().await;
        assert!(active(&w.token(&paul).await));
        assert!(matches!(told(&w.token(&paul).await)[0], EventKind::ExtensionFailed { .. }));
        assert!(matches!(told(&w.token(&baker).await)[0], EventKind::Extended { .. }));
    }

    async fn keys_rotate_while_everything_runs(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let both = format!("{},{}", "b".repeat(64), "a".repeat(64));
        let ring = |keys: String| std::sync::Arc::new(backend::seal::KeyRing::parse(&keys.into()).unwrap());
        let rotated = backend::Services { keys: ring(both), ..w.s.clone() };
        assert_eq!(keys::rotate(&rotated).await.unwrap(), 1);
        assert_eq!(keys::rotate(&rotated).await.unwrap(), 0);
        w.pass(48).await;
        let account = w.accounts(&paul).await[0].id;
        let new_key_only = backend::Services { keys: ring("b".repeat(64)), ..w.s.clone() };
        let refreshed = backend::service::tokens::refresh(&new_key_only, &paul.me, account, None).await.unwrap();
        assert_eq!(refreshed, backend::service::tokens::Refreshed::Extended);
    }
}
