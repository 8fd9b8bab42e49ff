//! The permission is granted, and the account is not.

use backend::service::client::Network;
use backend::service::flow;
use backend::service::people::Signed;
use backend::service::tokens::Refreshed;
use backend::service::{preview, tokens, widgets};
use domain::authorization::Intent;
use domain::form::Draft;
use domain::platform::Platform;
use domain::token::{Cause, Consent, EventKind, Remedy, Status};
use domain::view::AccountView;
use domain::widget::Settings;
use serde_json::json;

use crate::on_both;
use crate::world::{Trip, World, told};

const HIDDEN: &str = r#"{"error":{"message":"Unsupported get request. Object with ID '17841400000000707' does not exist",
    "type":"GraphMethodException","code":100,"error_subcode":33}}"#;

impl World {
    /// Flowers and garden, which live by one token.
    async fn shops(&self, fiona: &Signed) -> [AccountView; 2] {
        self.accounts(fiona).await.try_into().expect("two accounts")
    }

    async fn a_day_later(&self) {
        self.pass(25).await;
        self.work().await;
    }

    /// What the history of Fiona's token says of her accounts, newest first.
    async fn said_of_sharing(&self, fiona: &Signed) -> Vec<(String, bool)> {
        let [flowers, _] = self.shops(fiona).await;
        let token = tokens::of_account(&self.s, &fiona.me, flowers.id, None).await.unwrap();
        let sharing = |kind| match kind {
            EventKind::Sharing { username, shared } => Some((username, shared)),
            _ => None,
        };
        told(&token).into_iter().filter_map(sharing).collect()
    }
}

fn not_shared(account: &AccountView) -> bool {
    matches!(account.token.status, Status::NotActive(Cause::NotShared { .. }))
}

on_both! {
    async fn an_account_taken_out_of_the_grant_is_not_active_and_the_other_is_untouched(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        w.happens("field.flowers", "unshare").await;
        w.a_day_later().await;
        let [flowers, garden] = w.shops(&fiona).await;
        assert!(not_shared(&flowers), "{:?}", flowers.token.status);
        assert!(flowers.token.needs_somebody() && !flowers.life_line.as_ref().unwrap().lit);
        assert_eq!(flowers.token.remedy, Remedy::Consent(Consent::AskAgain));
        assert_eq!(flowers.token.said.as_ref().map(|said| (said.code, said.subcode)), Some((Some(100), Some(33))));
        assert_eq!(garden.token.status, Status::Active);
        assert!(!garden.token.needs_somebody());
        assert_eq!(w.said_of_sharing(&fiona).await, [("field.flowers".to_owned(), false)]);

        // Both pages of a token tell of their accounts.
        let page = tokens::of_account(&w.s, &fiona.me, garden.id, None).await.unwrap();
        assert_eq!(page.summary.status, Status::Active);
        let mine = tokens::mine(&w.s, &fiona.me, None).await.unwrap();
        let first = mine.token.unwrap();
        let names: Vec<_> = first.accounts.iter().map(|account| account.username.as_str()).collect();
        assert_eq!((names, first.summary.status.is_active()), (vec!["field.flowers"], false));
        let other: Vec<_> = mine.other.iter().map(|other| (other.username.as_str(), other.token.status.is_active())).collect();
        assert_eq!(other, [("field.garden", true)]);

        // For weeks it is neither told again nor forgotten, while the token is extended.
        for _ in 0..40 {
            w.a_day_later().await;
        }
        let [flowers, garden] = w.shops(&fiona).await;
        assert!(not_shared(&flowers) && garden.token.status.is_active());
        assert_eq!(w.said_of_sharing(&fiona).await.len(), 1);

        // The button leads to the consent page, which asks again.
        assert_eq!(w.refresh(&fiona, flowers.id).await.unwrap(), Refreshed::Consent(Platform::Facebook));
        let intent = Intent::Refresh(flowers.id);
        let browser = backend::random::secret();
        let address = flow::start(&w.s, Platform::Facebook, intent, false, Some(&fiona), &browser, &Network::unknown()).await.unwrap();
        assert!(address.query().unwrap().contains("auth_type=rerequest"), "{address}");
        let trip = Trip { platform: Platform::Facebook, who: "fiona.field", intent, signed: Some(&fiona), ..Trip::default() };
        w.trip(trip).await;
        let [flowers, garden] = w.shops(&fiona).await;
        assert!(flowers.token.status.is_active() && garden.token.status.is_active());
        assert_eq!(w.said_of_sharing(&fiona).await[0], ("field.flowers".to_owned(), true));
    }

    async fn a_rebuild_finds_it_within_the_hour_and_a_preview_its_return(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let [flowers, garden] = w.shops(&fiona).await;
        for account in [&flowers, &garden] {
            widgets::create(&w.s, &fiona.me, account.id, &Draft::from(&Settings::default())).await.unwrap();
        }
        w.work().await;
        w.happens("field.flowers", "unshare").await;
        w.pass(2).await;
        w.work().await;
        let [flowers, garden] = w.shops(&fiona).await;
        assert!(not_shared(&flowers) && garden.token.status.is_active());
        let widgets = w.widgets(&fiona).await;
        let standing = |username: &str| {
            let widget = widgets.iter().find(|widget| widget.account.username == username).unwrap();
            (widget.token_active, widget.token_needs)
        };
        assert_eq!((standing("field.flowers"), standing("field.garden")), ((false, true), (true, false)));
        w.happens("field.flowers", "share").await;
        preview::generate(&w.s, &fiona.me, flowers.id).await.unwrap();
        assert!(w.shops(&fiona).await[0].token.status.is_active());
        assert_eq!(w.said_of_sharing(&fiona).await.len(), 2);
    }

    async fn where_the_grant_says_nothing_a_second_answer_decides(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let silent = [
            json!({}),
            json!({ "granular_scopes": null }),
            json!({ "granular_scopes": [] }),
            json!({ "granular_scopes": [{ "scope": "instagram_basic" }] }),
            json!({ "granular_scopes": [{ "scope": "instagram_basic", "target_ids": null }] }),
            json!({ "granular_scopes": [{ "scope": "instagram_basic", "target_ids": [] }] }),
            json!({ "granular_scopes": [{ "scope": "instagram_basic", "target_ids": ["17841400000000707"] }] }),
            json!({ "granular_scopes": [{ "scope": "pages_show_list", "target_ids": ["104400000000082"] }] }),
        ];
        for (number, data) in silent.into_iter().enumerate() {
            let body = json!({ "data": data }).to_string();
            w.fault(json!({ "kind": "say", "body": body, "endpoints": ["debug-token"] })).await;
            w.happens("field.flowers", "unshare").await;
            w.a_day_later().await;
            let [flowers, _] = w.shops(&fiona).await;
            assert!(flowers.token.status.is_active(), "{data}: one answer alone is no verdict");
            assert_eq!(w.said_of_sharing(&fiona).await.len(), number * 2, "{data}");
            w.a_day_later().await;
            let [flowers, garden] = w.shops(&fiona).await;
            assert!(not_shared(&flowers) && garden.token.status.is_active(), "{data}");
            // Shared again at Facebook, without a visit here.
            w.happens("field.flowers", "share").await;
            w.a_day_later().await;
            assert!(w.shops(&fiona).await[0].token.status.is_active(), "{data}");
            assert_eq!(w.said_of_sharing(&fiona).await.len(), number * 2 + 2, "{data}");
            w.http.delete(w.control_url("/control/faults")).send().await.unwrap();
        }
    }

    async fn slips_with_good_answers_between_them_are_no_verdict(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        for _ in 0..4 {
            w.fault(json!({ "kind": "say", "status": 400, "body": HIDDEN, "endpoints": ["object"], "times": 1 })).await;
            w.a_day_later().await;
            w.a_day_later().await;
        }
        assert!(w.shops(&fiona).await.iter().all(|account| account.token.status.is_active()));
        assert_eq!(w.said_of_sharing(&fiona).await, []);
    }

    async fn two_accounts_lost_at_once_are_both_told(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        for account in ["field.flowers", "field.garden"] {
            w.happens(account, "unshare").await;
        }
        w.a_day_later().await;
        // The grant names no account at all: that is no word against any.
        assert!(w.shops(&fiona).await.iter().all(|account| account.token.status.is_active()));
        w.a_day_later().await;
        assert!(w.shops(&fiona).await.iter().all(not_shared));
        assert_eq!(w.said_of_sharing(&fiona).await.len(), 2);
    }
}
