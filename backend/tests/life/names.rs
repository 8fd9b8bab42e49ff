//! Names change hands; accounts do not.

use backend::event::{Event, Kind};
use backend::service::people::Signed;
use backend::service::widgets;
use domain::form::Draft;
use domain::id::WidgetId;
use domain::platform::Platform;
use domain::widget::Settings;
use serde_json::{Value, json};

use crate::on_both;
use crate::world::{Trip, World, active};

impl World {
    async fn renames(&self, who: &str, to: &str) {
        self.control(&format!("/control/people/{who}/rename"), json!({ "to": to })).await;
    }

    /// Meta answers the daily check with this.
    async fn is_told(&self, me: &Value) {
        self.http.delete(self.control_url("/control/faults")).send().await.unwrap();
        self.fault(json!({ "kind": "say", "body": me.to_string(), "endpoints": ["profile"] })).await;
        self.pass(25).await;
        self.work().await;
    }

    async fn called(&self, signed: &Signed) -> Vec<(String, String)> {
        self.accounts(signed).await.into_iter().map(|account| (account.username, account.name)).collect()
    }
}

async fn widget(w: &World, signed: &Signed) -> WidgetId {
    let account = w.accounts(signed).await[0].id;
    let id = widgets::create(&w.s, &signed.me, account, &Draft::from(&Settings::default())).await.unwrap();
    w.work().await;
    id
}

on_both! {
    async fn a_new_name_is_shown_after_the_daily_check(w) {
        let session = w.trip(Trip::default()).await.session.expect("a session");
        let paul = w.signed(&session).await;
        let widget = widget(&w, &paul).await;
        w.renames("paul", "paul.and.sons").await;
        let mut heard = w.s.pulse.subscribe();
        w.pass(25).await;
        // The token's own check alone: a rebuild tells of its widgets anyway.
        w.fault(json!({ "kind": "html502", "endpoints": ["media"] })).await;
        w.work().await;
        assert_eq!(w.accounts(&paul).await[0].username, "paul.and.sons");
        assert_eq!(widgets::shown(&w.s, widget).await.unwrap().unwrap().1.username, "paul.and.sons");
        assert_eq!(w.signed(&session).await.me.name, "@paul.and.sons");
        let told: Vec<Event> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
        let account = w.accounts(&paul).await[0].id;
        assert!(told.contains(&Event::of_account(Kind::Renamed, account)), "{told:?}");
        assert!(told.iter().any(|event| event.changes_embed(account, widget)), "{told:?}");
        assert_eq!(w.token(&paul).await.history.items.len(), 1, "a name is not the token's business");
    }

    async fn both_names_are_taken_and_what_is_none_changes_nothing(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let mut me = json!({ "id": "27640875392278831", "user_id": "17841400000000101" });
        let names = |username: &str, name: &str| vec![(username.to_owned(), name.to_owned())];
        (me["username"], me["name"]) = (json!("paul_2"), json!("Paul & Sons"));
        w.is_told(&me).await;
        assert_eq!(w.called(&paul).await, names("paul_2", "Paul & Sons"));
        let none = [json!(null), json!(""), json!("   "), json!("\u{0}"), json!(17), json!(["x"]), json!("x\n".repeat(99))];
        for absurd in none {
            (me["username"], me["name"]) = (absurd.clone(), absurd.clone());
            let before = w.token(&paul).await.summary.last_success_at;
            w.is_told(&me).await;
            let token = w.token(&paul).await;
            assert!(active(&token) && token.summary.last_success_at > before, "{absurd}: the id is the proof of life");
            assert_eq!(w.called(&paul).await, names("paul_2", "Paul & Sons"), "{absurd}");
        }
        w.is_told(&json!({ "id": "27640875392278831" })).await;
        assert_eq!(w.called(&paul).await, names("paul_2", "Paul & Sons"));
        let somebody = json!({ "id": "1", "user_id": "2", "username": "eve", "name": "Eve" });
        let before = w.token(&paul).await.summary.last_success_at;
        w.is_told(&somebody).await;
        assert_eq!(w.called(&paul).await, names("paul_2", "Paul & Sons"));
        assert_eq!(w.token(&paul).await.summary.last_success_at, before);
    }

    async fn whoever_brings_a_taken_name_makes_no_second_account_of_it(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let widget = widget(&w, &paul).await;
        w.renames("paul", "paul.and.sons").await;
        w.renames("seoul.bakery", "paul").await;
        let baker = w.sign_in(Platform::Instagram, "seoul.bakery").await;
        assert_eq!(w.accounts(&baker).await[0].username, "paul");
        // Nobody is asked before the worker comes, and the name is given up already.
        assert_eq!(w.accounts(&paul).await[0].username, "17841400000000101");
        assert_eq!(widgets::shown(&w.s, widget).await.unwrap().unwrap().1.username, "17841400000000101");
        w.work().await;
        assert_eq!(w.accounts(&paul).await[0].username, "paul.and.sons");
        assert_eq!(w.accounts(&paul).await[0].name, "Paul's Coffee");
        assert_eq!(w.accounts(&baker).await[0].username, "paul");
    }

    async fn a_name_taken_from_an_account_with_a_dead_token_is_given_up(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let baker = w.sign_in(Platform::Instagram, "seoul.bakery").await;
        w.happens("paul", "password").await;
        w.renames("seoul.bakery", "paul").await;
        w.pass(25).await;
        w.work().await;
        assert_eq!(w.accounts(&baker).await[0].username, "paul", "found by the daily check");
        assert_eq!(w.accounts(&paul).await[0].username, "17841400000000101");
        w.renames("paul", "paul.and.sons").await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        assert_eq!(w.accounts(&paul).await[0].username, "paul.and.sons", "a repair brings the name along");
    }

    async fn accounts_behind_a_facebook_grant_are_renamed_each_for_itself(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        w.renames("field.garden", "garden.of.fiona").await;
        w.pass(25).await;
        w.work().await;
        let names: Vec<String> = w.called(&fiona).await.into_iter().map(|(username, _)| username).collect();
        assert_eq!(names, ["field.flowers", "garden.of.fiona"]);
    }
}
