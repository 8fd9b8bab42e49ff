//! Through the consent page and back.

use backend::service::client::Network;
use backend::service::flow::{self, Outcome, Place, Trouble};
use backend::service::people;
use domain::authorization::Intent;
use domain::notice::Notice;
use domain::platform::Platform;
use domain::token::EventKind;
use domain::view::{Home, Logins};
use serde_json::json;

use crate::on_both;
use crate::world::client;
use crate::world::{Trip, active, told, trouble};

on_both! {
    async fn a_first_login_connects_the_account_and_shows_it_active(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        assert_eq!(paul.me.logins, Logins { instagram: true, ..Logins::default() });
        assert_eq!((paul.me.home(), paul.me.known_to_others()), (Home::AccessToken, Some("@paul")));
        assert_eq!(paul.me.name, "@paul");
        let token = w.token(&paul).await;
        assert!(active(&token));
        assert_eq!(token.accounts[0].username, "paul");
        assert!(matches!(told(&token)[..], [EventKind::Connected { .. }]));
        assert!(token.plan.len() >= 10 && token.last_safe_moment.is_some());
    }

    async fn a_login_with_a_dead_token_heals_it_and_says_so(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        w.happens("paul", "password").await;
        w.pass(26).await;
        w.work().await;
        assert!(!active(&w.token(&paul).await));
        let back = w.trip(Trip::default()).await;
        assert_eq!(
            back.outcome,
            Outcome::Arrived {
                place: Place::AccessToken,
                notice: Some(Notice::HealedByLogin),
                signed_in: Some(paul.me.id),
            }
        );
        assert!(active(&w.token(&paul).await));
    }

    async fn facebook_brings_every_account_of_every_page(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let names: Vec<String> = w.accounts(&fiona).await.into_iter().map(|account| account.username).collect();
        assert_eq!(names, ["field.flowers", "field.garden"]);
        assert!(w.token(&fiona).await.summary.data_access_expires_at.is_some());
    }

    async fn a_callback_opened_twice_gets_the_first_result(w) {
        let browser = backend::random::secret();
        let address = flow::start(&w.s, Platform::Instagram, Intent::LogIn, false, None, &browser, &Network::unknown()).await.unwrap();
        let callback = w.consent(&address, "paul", &[], "allow").await;
        let visit = || flow::finish(&w.s, Platform::Instagram, callback.clone(), Some(&browser), client());
        let (first, second) = tokio::join!(visit(), visit());
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first.outcome, second.outcome);
        assert!(people::current(&w.s, &second.session.unwrap().secret).await.unwrap().is_some());
        assert_eq!(visit().await.unwrap().outcome, first.outcome);
        assert_eq!(w.calls("code-exchange").await, 1);
    }

    async fn a_foreign_forged_or_replayed_state_changes_nothing(w) {
        let browser = backend::random::secret();
        let address = flow::start(&w.s, Platform::Instagram, Intent::LogIn, false, None, &browser, &Network::unknown()).await.unwrap();
        let callback = w.consent(&address, "paul", &[], "allow").await;
        let other = backend::random::secret();
        for (platform, browser) in [
            (Platform::Instagram, Some(&other)),
            (Platform::Instagram, None),
            (Platform::Facebook, Some(&browser)),
        ] {
            let refused = flow::finish(&w.s, platform, callback.clone(), browser, client()).await.unwrap();
            assert_eq!(trouble(&refused), &Trouble::Expired);
            assert!(refused.session.is_none());
        }
        assert_eq!(w.calls("code-exchange").await, 0);
        // The rightful browser still can.
        let back = flow::finish(&w.s, Platform::Instagram, callback, Some(&browser), client()).await.unwrap();
        assert!(back.session.is_some());
    }

    async fn denial_missing_permission_personal_account_and_no_pages_are_told_apart(w) {
        let browser = backend::random::secret();
        let address = flow::start(&w.s, Platform::Instagram, Intent::LogIn, false, None, &browser, &Network::unknown()).await.unwrap();
        let denied = w.consent(&address, "paul", &[], "cancel").await;
        let denied = flow::finish(&w.s, Platform::Instagram, denied, Some(&browser), client()).await.unwrap();
        assert_eq!(trouble(&denied), &Trouble::Denied);
        assert_eq!(denied.intent, Some(Intent::LogIn));

        let untick = ["pages_read_engagement"];
        let trip = Trip { platform: Platform::Facebook, who: "fiona.field", untick: &untick, ..Trip::default() };
        let missing = w.trip(trip).await;
        assert_eq!(trouble(&missing), &Trouble::MissingPermission { scopes: vec!["pages_read_engagement".into()] });

        let personal = w.trip(Trip { who: "just.me", ..Trip::default() }).await;
        assert_eq!(trouble(&personal), &Trouble::PersonalAccount { username: "just.me".into() });

        let trip = Trip { platform: Platform::Facebook, who: "noah.nopage", ..Trip::default() };
        assert_eq!(trouble(&w.trip(trip).await), &Trouble::NoAccounts);
    }

    async fn an_app_that_may_not_read_the_account_yet_says_so(w) {
        w.control("/control/switches", json!({ "app_access": "standard" })).await;
        for (platform, who) in [(Platform::Instagram, "paul"), (Platform::Facebook, "fiona.field")] {
            w.happens(who, "not-tester").await;
            assert_eq!(trouble(&w.trip(Trip { platform, who, ..Trip::default() }).await), &Trouble::NotReadable);
            w.happens(who, "tester").await;
            w.sign_in(platform, who).await;
        }
        // The code works, and each later call may be the first that is refused.
        for endpoint in ["long-exchange", "profile"] {
            w.fault(json!({ "kind": "unsupported", "endpoints": [endpoint], "times": 1 })).await;
            assert_eq!(trouble(&w.trip(Trip::default()).await), &Trouble::NotReadable, "{endpoint}");
        }
        for endpoint in ["permissions", "facebook-extend", "profile", "pages", "object"] {
            w.fault(json!({ "kind": "unsupported", "endpoints": [endpoint] })).await;
            let trip = Trip { platform: Platform::Facebook, who: "fiona.field", ..Trip::default() };
            assert_eq!(trouble(&w.trip(trip).await), &Trouble::NotReadable, "{endpoint}");
            w.http.delete(w.control_url("/control/faults")).send().await.unwrap();
        }
    }

    async fn an_error_in_metas_redirect_is_what_it_says(w) {
        for (position, expected) in [
            ("unavailable", Trouble::MetaDown),
            ("error-code-only", Trouble::MetaDown),
            ("app-error", Trouble::AppFault),
        ] {
            w.control("/control/switches", json!({ "consent_answer": position })).await;
            for (platform, who) in [(Platform::Instagram, "paul"), (Platform::Facebook, "fiona.field")] {
                let finished = w.trip(Trip { platform, who, ..Trip::default() }).await;
                assert_eq!(trouble(&finished), &expected, "{position} at {platform}");
                assert_eq!(finished.intent, Some(Intent::LogIn));
            }
        }
        assert_eq!(w.calls("code-exchange").await + w.calls("facebook-code").await, 0);
    }

    async fn a_page_that_facebook_does_not_list_is_found_by_the_grant(w) {
        let of = |accounts: Vec<domain::view::AccountView>| {
            accounts.into_iter().map(|account| account.username).collect::<Vec<_>>()
        };
        w.control("/control/switches", json!({ "pages_listed": false })).await;
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        assert_eq!(of(w.accounts(&fiona).await), ["field.flowers", "field.garden"]);
        let noah = w.trip(Trip { platform: Platform::Facebook, who: "noah.nopage", ..Trip::default() }).await;
        assert_eq!(trouble(&noah), &Trouble::NoAccounts);

        w.control("/control/switches", json!({ "pages_listed": true, "facebook_as_page": true })).await;
        let page = w.sign_in(Platform::Facebook, "fiona.field").await;
        assert!(of(w.accounts(&page).await).contains(&"field.flowers".to_owned()));
    }

    async fn meta_being_down_is_said_and_nothing_is_written(w) {
        w.fault(json!({ "kind": "html502", "times": 1 })).await;
        assert_eq!(trouble(&w.trip(Trip::default()).await), &Trouble::MetaDown);
        let ann = w.sign_up("ann@example.com").await;
        assert!(w.accounts(&ann).await.is_empty());
    }
}
