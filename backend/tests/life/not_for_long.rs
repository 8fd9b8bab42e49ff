//! Tokens that are alive and will not stay so, and refusals nobody knows.

use backend::service::tokens::Refreshed;
use domain::platform::Platform;
use domain::token::{Cause, Death, EventKind, Foreseen, Remedy, Status, Trigger, Worry};
use domain::view::TokenView;
use serde_json::json;

use crate::on_both;
use crate::world::{World, active, told};

/// Every hour of some days, with the worker at work.
async fn hours(w: &World, hours: i64, step: i64) {
    for _ in 0..hours / step {
        w.pass(step).await;
        w.work().await;
    }
}

/// Meta behaves again.
async fn mended(w: &World) {
    w.http.delete(w.control_url("/control/faults")).send().await.unwrap().error_for_status().unwrap();
}

fn ends(token: &TokenView) -> Option<Foreseen> {
    token.summary.worries.iter().find_map(|worry| match worry {
        Worry::Ends { why, .. } => Some(*why),
        _ => None,
    })
}

fn unconfirmed(token: &TokenView) -> bool {
    token.summary.worries.iter().any(|worry| matches!(worry, Worry::Unconfirmed { .. }))
}

on_both! {
    async fn an_extension_that_moves_nothing_leads_to_the_consent_page_and_is_one_line(w) {
        for (platform, who, endpoint, string) in [
            (Platform::Facebook, "fiona.field", "facebook-extend", "same"),
            (Platform::Instagram, "paul", "refresh", "rotate-old-stays"),
        ] {
            w.control("/control/switches", json!({ "extension_life": "what-is-left", "refresh_string": string })).await;
            let signed = w.sign_in(platform, who).await;
            let account = w.accounts(&signed).await[0].id;
            let first = w.calls(endpoint).await;
            hours(&w, 25 * 24, 24).await;
            let calm = w.token(&signed).await;
            assert_eq!((calm.summary.worries.len(), calm.summary.needs_somebody()), (0, false), "{who}");
            hours(&w, 20 * 24, 24).await;
            // Two weeks before the end it is known what helps, and until when.
            let token = w.token(&signed).await;
            assert!(active(&token) && token.summary.needs_somebody(), "{who}");
            assert_eq!(ends(&token), Some(Foreseen::MovesNothing), "{who}");
            assert!(matches!(token.summary.remedy, Remedy::Consent(_)));
            assert_eq!(w.refresh(&signed, account).await.unwrap(), Refreshed::Consent(platform));
            hours(&w, 14 * 24, 12).await;
            let token = w.token(&signed).await;
            assert!(active(&token) && token.summary.needs_somebody());
            let asked = w.calls(endpoint).await - first;
            assert!((4..=13).contains(&asked), "{who}: {asked} calls for nothing");
            let failures: Vec<_> = token.history.items.iter().filter(|entry| entry.event.kind.is_folded()).collect();
            assert_eq!(failures.len(), 1, "{failures:?}");
            let repeated = failures[0].repeated.unwrap();
            assert_eq!(usize::try_from(repeated.times).unwrap(), asked);
            assert!(repeated.last_at > failures[0].event.at);
        }
    }

    async fn the_press_that_shows_it_leads_on_at_once(w) {
        w.control("/control/switches", json!({ "extension_life": "what-is-left" })).await;
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let account = w.accounts(&fiona).await[0].id;
        w.pass(48).await;
        assert_eq!(w.refresh(&fiona, account).await.unwrap(), Refreshed::TryLater);
        assert_eq!(w.refresh(&fiona, account).await.unwrap(), Refreshed::TryLater);
        assert_eq!(w.refresh(&fiona, account).await.unwrap(), Refreshed::Consent(Platform::Facebook));
        assert!(active(&w.token(&fiona).await));
    }

    async fn one_unknown_refusal_kills_nothing_and_two_different_ones_do(w) {
        for (fault, death) in [("unknown190", Death::Unnamed), ("postcard190", Death::Unreadable)] {
            for (platform, who) in [(Platform::Instagram, "paul"), (Platform::Facebook, "fiona.field")] {
                mended(&w).await;
                let signed = w.sign_in(platform, who).await;
                let account = w.accounts(&signed).await[0].id;
                w.pass(48).await;
                w.work().await;
                // A slip of one answer, whoever asked.
                w.fault(json!({ "kind": fault, "times": 1 })).await;
                assert_eq!(w.refresh(&signed, account).await.unwrap(), Refreshed::TryLater, "{fault} {who}");
                let token = w.token(&signed).await;
                assert!(active(&token) && token.summary.said.is_some());
                assert!(matches!(token.summary.worries[..], [Worry::Doubted { .. }]));
                hours(&w, 8, 1).await;
                assert_eq!(w.token(&signed).await.summary.worries, [], "{fault} {who}");
                // From now on every answer is like that.
                w.fault(json!({ "kind": fault })).await;
                w.pass(25).await;
                w.work().await;
                assert!(active(&w.token(&signed).await), "{fault} {who}: the first answer");
                hours(&w, 24, 1).await;
                let token = w.token(&signed).await;
                let Status::NotActive(Cause::Dead { death: found, .. }) = token.summary.status else {
                    panic!("{fault} {who}: {:?}", token.summary.worries)
                };
                assert_eq!(found, death);
                assert_eq!(told(&token)[0], EventKind::Ended { death });
            }
        }
    }

    async fn the_same_words_with_http_500_for_weeks_are_told(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        let before = w.token(&paul).await.summary.last_success_at.unwrap();
        w.fault(json!({ "kind": "postcard190", "status": 500 })).await;
        hours(&w, 4 * 24, 6).await;
        let token = w.token(&paul).await;
        assert!(active(&token) && token.summary.needs_somebody());
        assert!(matches!(token.summary.worries[..], [Worry::Unconfirmed { since, .. }] if since >= before));
        assert!(token.summary.said.is_some_and(|said| said.message.contains("postcard")));
        hours(&w, 12 * 24, 12).await;
        assert_eq!(w.refresh(&paul, account).await.unwrap(), Refreshed::Consent(Platform::Instagram));
        assert!(active(&w.token(&paul).await));
    }

    async fn weeks_of_unclear_answers_are_never_green(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        hours(&w, 20 * 24, 24).await;
        assert_eq!(w.token(&paul).await.summary.worries, []);
        w.fault(json!({ "kind": "unsupported" })).await;
        for day in 21..59 {
            hours(&w, 24, 24).await;
            let token = w.token(&paul).await;
            assert!(active(&token));
            assert_eq!(unconfirmed(&token), day >= 23, "day {day}");
            assert_eq!(token.summary.needs_somebody(), day >= 23, "day {day}");
            assert_eq!(matches!(token.summary.remedy, Remedy::Consent(_)), day >= 34, "day {day}");
            assert_eq!(ends(&token).is_some(), day >= 44, "day {day}: {:?}", token.summary.worries);
        }
    }

    async fn what_was_said_of_something_else_is_not_told_of_a_missing_permission(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let account = w.accounts(&fiona).await[0].id;
        w.pass(48).await;
        w.fault(json!({ "kind": "unsupported", "times": 1 })).await;
        assert_eq!(w.refresh(&fiona, account).await.unwrap(), Refreshed::TryLater);
        let path = "/control/people/fiona.field/untick";
        w.control(path, json!({ "permission": "pages_show_list" })).await;
        hours(&w, 26, 2).await;
        let token = w.token(&fiona).await;
        assert!(matches!(token.summary.status, Status::NotActive(Cause::PermissionMissing { .. })));
        assert!(token.history.items.iter().any(|entry| entry.event.said.is_some() && entry.trigger == Trigger::Button));
        assert_eq!(token.summary.said, None, "Facebook's list of permissions says nothing in words");
    }
}
