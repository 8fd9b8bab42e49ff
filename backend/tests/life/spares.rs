//! Two people connect one account: its owner at Instagram, and at Facebook
//! whoever manages its Page.

use backend::service::flow::Finished;
use backend::service::people::Signed;
use backend::service::{accounts, callbacks, tokens};
use domain::authorization::Intent;
use domain::platform::Platform;
use domain::token::{EventKind, Status};
use domain::view::{Spare, TokenView};

use crate::callbacks::{SECRET, signed, user_id};
use crate::on_both;
use crate::world::{Trip, World, active, told};

impl World {
    /// Petra connects @paul for this person.
    async fn petra_connects(&self, agency: &Signed) -> Finished {
        let platform = Platform::Facebook;
        self.trip(Trip {
            platform,
            intent: Intent::Connect,
            who: "petra.page",
            signed: Some(agency),
            ..Trip::default()
        })
        .await
    }

    /// Paul's account, as somebody who looks after it sees it.
    async fn pauls(&self, signed: &Signed) -> TokenView {
        let account = self.accounts(signed).await[0].id;
        tokens::of_account(&self.s, &signed.me, account, None).await.unwrap()
    }
}

fn lives_by(view: &TokenView) -> (Platform, bool) {
    (view.summary.platform, active(view))
}

fn spares(view: &TokenView) -> Vec<(Platform, bool)> {
    view.spares.iter().map(|Spare { platform, active, .. }| (*platform, *active)).collect()
}

use Platform::{Facebook, Instagram};

on_both! {
    async fn the_second_grant_takes_nothing_away_and_both_are_kept_alive(w) {
        let paul = w.sign_in(Instagram, "paul").await;
        let agency = w.sign_up("agency@example.com").await;
        w.petra_connects(&agency).await;
        for who in [&paul, &agency] {
            let view = w.pauls(who).await;
            assert_eq!((lives_by(&view), spares(&view)), ((Instagram, true), vec![(Facebook, true)]));
        }
        for _ in 0..70 {
            w.pass(24).await;
            w.work().await;
        }
        let view = w.pauls(&agency).await;
        assert_eq!((lives_by(&view), spares(&view)), ((Instagram, true), vec![(Facebook, true)]));

        // Connected once more, nothing doubles.
        w.petra_connects(&agency).await;
        w.sign_in(Instagram, "paul").await;
        let view = w.pauls(&paul).await;
        assert_eq!((lives_by(&view), spares(&view)), ((Instagram, true), vec![(Facebook, true)]));
        assert_eq!(w.test_db.count("token").await.unwrap(), 2);
    }

    async fn the_spare_takes_over_when_the_token_dies_and_the_owner_may_come_back(w) {
        let paul = w.sign_in(Instagram, "paul").await;
        let agency = w.sign_up("agency@example.com").await;
        w.petra_connects(&agency).await;
        w.happens("paul", "password").await;
        w.pass(25).await;
        w.work().await;
        let view = w.pauls(&paul).await;
        assert_eq!((lives_by(&view), spares(&view)), ((Facebook, true), vec![(Instagram, false)]));
        assert_eq!(told(&view)[0], EventKind::TookOver { username: "paul".to_owned() });

        w.sign_in(Instagram, "paul").await;
        let view = w.pauls(&paul).await;
        assert_eq!((lives_by(&view), spares(&view)), ((Facebook, true), vec![(Instagram, true)]), "what works stays");
    }

    async fn a_token_that_works_moves_an_account_off_a_dead_one(w) {
        let paul = w.sign_in(Instagram, "paul").await;
        w.happens("paul", "password").await;
        w.pass(25).await;
        w.work().await;
        assert!(!active(&w.pauls(&paul).await));
        let agency = w.sign_up("agency@example.com").await;
        w.petra_connects(&agency).await;
        let view = w.pauls(&paul).await;
        assert_eq!((lives_by(&view), spares(&view)), ((Facebook, true), vec![]));
        assert!(told(&view).iter().any(|kind| matches!(kind, EventKind::Ended { .. })), "its story goes on");
        assert_eq!(w.test_db.count("token").await.unwrap(), 1);
    }

    async fn a_deletion_leaves_the_account_to_whoever_has_a_grant_of_their_own(w) {
        let paul = w.sign_in(Instagram, "paul").await;
        let request = signed(&user_id(&w).await, w.s.clock.now().timestamp(), SECRET);
        let agency = w.sign_up("agency@example.com").await;
        w.petra_connects(&agency).await;
        assert_eq!(w.accounts(&paul).await.len(), 1);
        callbacks::delete_data(&w.s, Instagram, &request).await.unwrap();
        let view = w.pauls(&agency).await;
        assert_eq!((lives_by(&view), spares(&view)), ((Facebook, true), vec![]));
        assert_eq!((w.test_db.count("token").await.unwrap(), w.test_db.count("spare").await.unwrap()), (1, 0));
    }

    async fn whoever_goes_last_leaves_nothing(w) {
        let paul = w.sign_in(Instagram, "paul").await;
        let agency = w.sign_up("agency@example.com").await;
        w.petra_connects(&agency).await;
        for who in [&paul, &agency] {
            let account = &w.accounts(who).await[0];
            assert_eq!(account.token.status, Status::Active);
            accounts::disconnect(&w.s, &who.me, account.id).await.unwrap();
        }
        for table in ["token", "account", "spare", "history"] {
            assert_eq!(w.test_db.count(table).await.unwrap(), 0, "{table}");
        }
    }

    async fn two_that_connect_at_once_are_both_kept(w) {
        for n in 0..5 {
            let one = w.sign_up(&format!("one{n}@example.com")).await;
            let other = w.sign_up(&format!("other{n}@example.com")).await;
            let paul = w.trip(Trip { intent: Intent::Connect, who: "paul", signed: Some(&one), ..Trip::default() });
            tokio::join!(paul, w.petra_connects(&other));
            assert_eq!(w.accounts(&one).await[0].id, w.accounts(&other).await[0].id);
            assert_eq!(spares(&w.pauls(&one).await).len(), 1, "round {n}");
            for who in [&one, &other] {
                let account = w.accounts(who).await[0].id;
                accounts::disconnect(&w.s, &who.me, account).await.unwrap();
            }
            assert_eq!(w.test_db.count("token").await.unwrap(), 0, "round {n}");
        }
    }
}
