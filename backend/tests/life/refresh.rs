//! The button, and who may press it.

use backend::service::Error;
use backend::service::flow::{Outcome, Place, Trouble};
use backend::service::tokens::Refreshed;
use domain::authorization::Intent;
use domain::notice::Notice;
use domain::platform::Platform;
use domain::token::{EventKind, Trigger};

use crate::on_both;
use crate::world::{Trip, active, told, trouble};

on_both! {
    async fn a_young_token_goes_through_consent_an_older_one_is_extended_in_place(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::Consent(Platform::Instagram));
        w.pass(48).await;
        let before = w.token(&paul).await.summary.expires_at;
        assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::Extended);
        let token = w.token(&paul).await;
        assert!(token.summary.expires_at > before);
        assert!(matches!(told(&token)[0], EventKind::Extended { .. }));
        assert_eq!(token.history.items[0].trigger, Trigger::Button);
        assert_eq!(token.history.items[0].by.as_deref(), Some("@paul"));
    }

    async fn two_refreshes_at_once_are_one_call_and_two_happy_people(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        w.pass(48).await;
        // Both pages say the same; whoever is later by a moment gets the first one's result.
        let painted = Some(w.token(&paul).await.summary.extendable_from);
        let press = || backend::service::tokens::refresh(&w.s, &paul.me, account, painted);
        let (first, second) = tokio::join!(press(), press());
        assert_eq!((first.unwrap(), second.unwrap()), (Refreshed::Extended, Refreshed::Extended));
        assert_eq!(w.calls("refresh").await, 1);
    }

    async fn whoever_presses_on_an_older_page_gets_the_result_of_the_first(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        w.pass(48).await;
        let painted = Some(w.token(&paul).await.summary.extendable_from);
        for _ in 0..2 {
            let refreshed = backend::service::tokens::refresh(&w.s, &paul.me, account, painted).await;
            assert_eq!(refreshed.unwrap(), Refreshed::Extended);
        }
        assert_eq!(w.calls("refresh").await, 1);
    }

    async fn a_rotated_string_is_the_one_that_is_used_from_then_on(w) {
        w.control("/control/switches", serde_json::json!({ "refresh_string": "rotate-old-dies" })).await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        for _ in 0..3 {
            w.pass(48).await;
            assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::Extended);
        }
    }

    async fn an_answer_lost_after_a_rotation_is_tried_again_and_told_truthfully(w) {
        w.control("/control/switches", serde_json::json!({ "refresh_string": "rotate-old-dies" })).await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        w.pass(48).await;
        w.fault(serde_json::json!({ "kind": "drop-after", "times": 1 })).await;
        // Nothing is known: the old string is kept, and the token still counts as alive.
        assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::TryLater);
        assert!(active(&w.token(&paul).await));
        // The next try shows that Meta has retired it.
        assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::Consent(Platform::Instagram));
        let token = w.token(&paul).await;
        assert!(!active(&token));
        assert!(matches!(told(&token)[0], EventKind::Ended { .. }));
    }

    async fn no_answer_but_an_explicit_verdict_ends_a_token(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        w.pass(48).await;
        let kinds = [
            "app-limit", "user-limit", "account-limit", "transient", "html502", "drop", "big-body",
            "broken-json", "api-blocked", "app-disabled", "unsupported",
        ];
        for kind in kinds {
            w.fault(serde_json::json!({ "kind": kind, "times": 1 })).await;
            assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::TryLater, "{kind}");
            assert!(active(&w.token(&paul).await), "{kind}");
        }
        assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::Extended);
    }

    async fn the_wrong_person_is_refused_before_anything_is_written(w) {
        let ann = w.sign_up("ann@example.com").await;
        w.trip(Trip { intent: Intent::Connect, signed: Some(&ann), ..Trip::default() }).await;
        let account = w.accounts(&ann).await[0].id;
        w.happens("paul", "password").await;
        w.pass(26).await;
        w.work().await;
        let intent = Intent::Refresh(account);
        let wrong = w.trip(Trip { who: "seoul.bakery", intent, signed: Some(&ann), ..Trip::default() }).await;
        let expected = Trouble::WrongAccount { expected: "paul".into(), found: vec!["seoul.bakery".into()] };
        assert_eq!(trouble(&wrong), &expected);
        assert_eq!(w.accounts(&ann).await.len(), 1);
        assert!(!active(&w.token(&ann).await));
        let right = w.trip(Trip { intent, signed: Some(&ann), ..Trip::default() }).await;
        let place = Place::Account(account);
        let expected = Outcome::Arrived { place, notice: Some(Notice::Refreshed), signed_in: None };
        assert_eq!(right.outcome, expected);
        assert!(active(&w.token(&ann).await));
    }

    async fn a_repair_heals_everybody_who_shares_the_account(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let ann = w.sign_up("ann@example.com").await;
        w.trip(Trip { intent: Intent::Connect, signed: Some(&ann), ..Trip::default() }).await;
        w.happens("paul", "remove").await;
        w.pass(26).await;
        w.work().await;
        assert!(!active(&w.token(&paul).await) && !active(&w.token(&ann).await));
        w.trip(Trip { intent: Intent::Public, ..Trip::default() }).await;
        assert!(active(&w.token(&paul).await) && active(&w.token(&ann).await));
        assert_eq!(w.token(&ann).await.history.items[0].trigger, Trigger::PublicPage);
    }

    async fn the_public_page_says_kindly_that_nobody_here_has_the_account(w) {
        let nobody = w.trip(Trip { intent: Intent::Public, who: "quiet.start", ..Trip::default() }).await;
        assert_eq!(trouble(&nobody), &Trouble::UnknownAccount { found: vec!["quiet.start".into()] });
        assert!(nobody.session.is_none());
    }

    async fn a_strangers_account_is_not_found(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        let eve = w.sign_up("eve@example.com").await;
        assert!(matches!(w.refresh(&eve, account).await, Err(Error::NotFound)));
        let view = backend::service::tokens::of_account(&w.s, &eve.me, account, None).await;
        assert!(matches!(view, Err(Error::NotFound)));
        let gone = backend::service::accounts::disconnect(&w.s, &eve.me, account).await;
        assert!(matches!(gone, Err(Error::NotFound)));
        assert_eq!(w.accounts(&paul).await.len(), 1);
    }
}
