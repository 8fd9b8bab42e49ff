//! What counts as an answer: whatever else Meta says changes nothing.

use backend::service::preview;
use backend::service::widgets;
use chrono::TimeDelta;
use domain::form::Draft;
use domain::id::WidgetId;
use domain::platform::Platform;
use domain::token::EventKind;
use domain::widget::Settings;
use serde_json::json;

use crate::on_both;
use crate::world::{World, active, told};
use backend::service::people::Signed;

/// What comes with HTTP 200 and is no proof of life.
const NO_PROOFS: [&str; 13] = [
    r#"{"status":"fail","message":"checkpoint_required"}"#,
    r#"{"error":1357004,"errorSummary":"Sorry, something went wrong"}"#,
    r#"{"error":"invalid_token"}"#,
    r#"{"errors":[{"message":"x"}]}"#,
    "{}",
    "false",
    "null",
    "[]",
    r#""ok""#,
    r#"{"data":[]}"#,
    r#"{"id":"1784"}"#,
    r#"for (;;);{"id":"27640875392278831"}"#,
    "<html>Log in</html>",
];

impl World {
    async fn faults_end(&self) {
        self.http.delete(self.control_url("/control/faults")).send().await.unwrap();
    }

    async fn says(&self, body: &str, endpoints: &[&str]) {
        self.faults_end().await;
        self.fault(json!({ "kind": "say", "body": body, "endpoints": endpoints })).await;
    }
}

async fn widget(w: &World, signed: &Signed) -> WidgetId {
    let account = w.accounts(signed).await[0].id;
    let id = widgets::create(&w.s, &signed.me, account, &Draft::from(&Settings::default())).await.unwrap();
    w.work().await;
    id
}

async fn shown(w: &World, widget: WidgetId) -> usize {
    widgets::shown(&w.s, widget).await.unwrap().expect("the widget is there").1.posts.len()
}

on_both! {
    async fn a_suspended_token_comes_back_by_a_proof_of_life_alone(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        w.happens("paul", "checkpoint").await;
        w.pass(26).await;
        w.work().await;
        assert!(!active(&w.token(&paul).await));
        let before = w.token(&paul).await;
        w.happens("paul", "pass-checkpoint").await;
        for body in NO_PROOFS {
            w.says(body, &["profile"]).await;
            w.pass(25).await;
            w.work().await;
            let token = w.token(&paul).await;
            assert!(!active(&token), "{body}");
            assert_eq!(token.summary.last_success_at, before.summary.last_success_at, "{body}");
            assert_eq!(token.history.items.len(), before.history.items.len(), "{body}");
        }
        w.faults_end().await;
        w.pass(25).await;
        w.work().await;
        assert_eq!(told(&w.token(&paul).await)[0], EventKind::Recovered);
    }

    async fn what_is_no_answer_is_no_good_check_of_a_healthy_token(w) {
        for (platform, who) in [(Platform::Instagram, "paul"), (Platform::Facebook, "fiona.field")] {
            let signed = w.sign_in(platform, who).await;
            let before = w.token(&signed).await;
            for body in NO_PROOFS {
                w.says(body, &["profile", "permissions"]).await;
                w.pass(25).await;
                w.work().await;
                let token = w.token(&signed).await;
                assert!(active(&token), "{platform} {body}");
                assert_eq!(token.summary.last_success_at, before.summary.last_success_at, "{platform} {body}");
                assert_eq!(token.history.items.len(), before.history.items.len(), "{platform} {body}");
            }
            w.faults_end().await;
            w.pass(25).await;
            w.work().await;
            assert!(w.token(&signed).await.summary.last_success_at > before.summary.last_success_at, "{platform}");
        }
    }

    async fn a_list_of_no_posts_proves_nothing_and_takes_nothing(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        let widget = widget(&w, &paul).await;
        let before = w.token(&paul).await.summary.last_success_at;
        for body in NO_PROOFS {
            w.says(body, &["media"]).await;
            w.pass(1).await;
            preview::generate(&w.s, &paul.me, account).await.unwrap();
            assert_eq!(shown(&w, widget).await, 12, "{body}");
            let token = w.token(&paul).await;
            assert_eq!((active(&token), token.summary.last_success_at), (true, before), "{body}");
        }
    }

    async fn an_empty_list_of_permissions_is_no_verdict(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let before = w.token(&fiona).await;
        for list in [json!({"data": []}), json!({"data": [{"permission": "public_profile", "status": "granted"}]})] {
            w.says(&list.to_string(), &["permissions"]).await;
            w.pass(25).await;
            w.work().await;
            let token = w.token(&fiona).await;
            assert!(active(&token), "{list}");
            assert_eq!(token.history.items.len(), before.history.items.len(), "{list}");
        }
    }

    async fn a_token_whose_end_instagram_does_not_tell_lives_60_days_at_most(w) {
        w.control("/control/switches", json!({ "instagram_omits_expires_in": true })).await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let issued_at = w.s.clock.now();
        let expires_at = w.token(&paul).await.summary.expires_at.expect("an end");
        assert!((expires_at - issued_at - TimeDelta::days(60)).abs() < TimeDelta::minutes(5));
        // So it was stored before an end was assumed.
        w.test_db.execute("UPDATE token SET expires_at = NULL").await.unwrap();
        let token = w.token(&paul).await;
        assert!((token.summary.expires_at.expect("an end") - expires_at).abs() < TimeDelta::minutes(5));
        assert!(token.last_safe_moment.is_some());
    }

    async fn a_short_answer_takes_no_posts_until_it_is_confirmed(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let widget = widget(&w, &paul).await;
        w.control("/control/people/paul/publish", json!({ "caption": "New" })).await;
        w.fault(json!({ "kind": "short-list", "endpoints": ["media"] })).await;
        for _ in 0..3 {
            w.pass(1).await;
            w.work().await;
            let now = widgets::shown(&w.s, widget).await.unwrap().unwrap().1.posts;
            assert_eq!(now[0].facts.caption.as_deref(), Some("New"), "new posts are shown at once");
            assert_eq!((now.len(), w.test_db.count("post").await.unwrap()), (12, 13));
        }
        w.faults_end().await;
        w.pass(2).await;
        w.work().await;
        assert_eq!(w.test_db.count("post").await.unwrap(), 13);
        // Whoever really deletes most of them is believed some hours later.
        w.fault(json!({ "kind": "short-list", "endpoints": ["media"] })).await;
        for _ in 0..9 {
            w.pass(1).await;
            w.work().await;
        }
        assert_eq!(shown(&w, widget).await, 5);
    }

    async fn half_an_emoji_costs_no_feed_and_no_sign_in(w) {
        for kind in ["half-emoji", "raw-control", "broken-utf8", "byte-order-mark"] {
            w.fault(json!({ "kind": kind })).await;
            let paul = w.sign_in(Platform::Instagram, "paul").await;
            let widget = widget(&w, &paul).await;
            assert_eq!(shown(&w, widget).await, 12, "{kind}");
            w.faults_end().await;
        }
    }
}
