//! A request may be cut at any moment: the browser leaves, a proxy gives up.
//! Every use case that changes something is dropped at each of its await
//! points, one after the other; afterwards nothing is lost, locked or stuck.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use backend::service::client::Network;
use backend::service::flow::{self, Callback};
use backend::service::{accounts, callbacks, people, preview, tokens, widgets};
use domain::authorization::Intent;
use domain::form::Draft;
use domain::platform::Platform;
use domain::token::EventKind;
use domain::widget::Settings;
use serde_json::json;

use crate::callbacks::{SECRET, signed, user_id};
use crate::on_both;
use crate::world::client;
use crate::world::{World, active, told};

/// More await points than any use case has.
const MOST_POINTS: usize = 500;

/// Polls a use case so many times at most, and drops it then. Whether it ended before.
async fn cut<T>(after: usize, work: impl Future<Output = T>) -> bool {
    let mut work = pin!(work);
    let mut polls = 0;
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending => {
            polls += 1;
            if polls < after { Poll::Pending } else { Poll::Ready(false) }
        }
    })
    .await
}

/// Cuts a use case at its first await point, at its second, and so on, until
/// it ends by itself. After each cut the world must be in order.
async fn cut_everywhere<T>(w: &World, work: impl AsyncFn(usize) -> T) -> usize {
    for after in 1..MOST_POINTS {
        // What was cut counts, too: not as too often here.
        w.test_db.execute("DELETE FROM bucket").await.unwrap();
        let ended = cut(after, work(after)).await;
        in_order(w, after).await;
        if ended {
            return after;
        }
    }
    panic!("it does not end");
}

/// Nothing is locked, claimed, or inside a transaction.
async fn in_order(w: &World, after: usize) {
    w.s.detached.settled().await;
    assert_eq!(w.test_db.count("lock").await.unwrap(), 0, "a lock was left, cut after {after}");
    let running = w.test_db.text("SELECT CAST(COUNT(*) AS TEXT) AS it FROM job WHERE state = 'running'").await.unwrap();
    assert_eq!(running, "0", "a job was left, cut after {after}");
    assert_eq!(w.test_db.idle_in_transaction().await.unwrap(), 0, "a transaction was left, cut after {after}");
}

/// The one sealed string.
async fn sealed(w: &World) -> String {
    let hex = if w.test_db.url.starts_with("sqlite") { "hex(sealed)" } else { "encode(sealed, 'hex')" };
    w.test_db.text(&format!("SELECT {hex} AS it FROM token")).await.unwrap()
}

/// A signed request about the one person there is, issued after everything else.
async fn signed_request(w: &World) -> String {
    signed(&user_id(w).await, w.s.clock.now().timestamp() + 60, SECRET)
}

async fn rotates(w: &World) {
    w.control("/control/switches", json!({ "refresh_string": "rotate-old-dies" })).await;
}

on_both! {
    async fn a_string_that_meta_has_rotated_is_never_lost(w) {
        rotates(&w).await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        cut_everywhere(&w, async |_| {
            w.pass(48).await;
            tokens::refresh(&w.s, &paul.me, account, None).await.unwrap();
        })
        .await;
        // Had one string been lost, this would be the death of the token.
        w.pass(48).await;
        w.refresh(&paul, account).await.unwrap();
        assert!(active(&w.token(&paul).await));
        assert!(matches!(told(&w.token(&paul).await)[0], EventKind::Extended { .. }));
    }

    async fn a_slow_answer_reaches_the_disk_after_the_browser_has_left(w) {
        rotates(&w).await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        w.pass(48).await;
        w.fault(json!({ "kind": "slow", "seconds": 1, "times": 1, "endpoints": ["refresh"] })).await;
        {
            let mut work = pin!(w.refresh(&paul, account));
            while w.calls("refresh").await == 0 {
                assert!(futures::poll!(&mut work).is_pending());
                tokio::task::yield_now().await;
            }
        }
        in_order(&w, 0).await;
        assert!(matches!(told(&w.token(&paul).await)[0], EventKind::Extended { .. }));
    }

    async fn a_facebook_string_is_on_disk_before_its_deadlines_are_asked_for(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        let account = w.accounts(&fiona).await[0].id;
        w.pass(40 * 24).await;
        w.fault(json!({ "kind": "slow", "seconds": 1, "times": 1, "endpoints": ["debug-token"] })).await;
        let asked = w.calls("debug-token").await;
        let old = sealed(&w).await;
        let mut work = pin!(w.refresh(&fiona, account));
        while w.calls("debug-token").await == asked {
            assert!(futures::poll!(&mut work).is_pending());
            tokio::task::yield_now().await;
        }
        assert_ne!(sealed(&w).await, old);
        work.await.unwrap();
    }

    async fn a_sign_in_survives_the_browser_and_every_later_visit_gets_it(w) {
        let mut people = 0;
        for after in 1..MOST_POINTS {
            let browser = backend::random::secret();
            let address = flow::start(&w.s, Platform::Instagram, Intent::LogIn, false, None, &browser, &Network::unknown()).await.unwrap();
            let callback = w.consent(&address, "paul", &[], "allow").await;
            let finish = async |callback: Callback| {
                flow::finish(&w.s, Platform::Instagram, callback, Some(&browser), client()).await.unwrap()
            };
            let ended = cut(after, finish(callback.clone())).await;
            // At once, while the first visit may still be at work.
            let again = finish(callback).await;
            assert!(again.session.is_some(), "cut after {after}: {:?}", again.outcome);
            in_order(&w, after).await;
            people += 1;
            if ended {
                break;
            }
        }
        assert!(people > 1);
        assert_eq!(w.test_db.count("person").await.unwrap(), 1);
        assert_eq!(w.test_db.count("token").await.unwrap(), 1);
    }

    async fn the_way_to_meta_can_be_left_at_any_moment(w) {
        let browser = backend::random::secret();
        cut_everywhere(&w, async |_| {
            flow::start(&w.s, Platform::Facebook, Intent::LogIn, false, None, &browser, &Network::unknown()).await.unwrap();
        })
        .await;
    }

    async fn people_come_and_go(w) {
        cut_everywhere(&w, async |after| {
            people::sign_up(&w.s, &format!("p{after}@example.org"), "correct horse", client()).await.unwrap();
        })
        .await;
        w.sign_up("again@example.org").await;
        cut_everywhere(&w, async |_| {
            people::log_in(&w.s, "again@example.org", "correct horse", client()).await.unwrap();
        })
        .await;
        cut_everywhere(&w, async |after| {
            // Whoever was cut is signed out, or not; a half-ended session there is not.
            let session = people::sign_up(&w.s, &format!("q{after}@example.org"), "correct horse", client()).await.unwrap();
            let signed = w.signed(&session).await;
            people::log_out(&w.s, &signed).await.unwrap();
        })
        .await;
    }

    async fn widgets_and_previews(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        let draft = Draft::from(&Settings::default());
        cut_everywhere(&w, async |_| widgets::create(&w.s, &paul.me, account, &draft).await.unwrap()).await;
        let widget = w.widgets(&paul).await[0].id;
        cut_everywhere(&w, async |_| widgets::save(&w.s, &paul.me, widget, &draft).await.unwrap()).await;
        cut_everywhere(&w, async |_| widgets::rebuild(&w.s, &paul.me, widget).await.unwrap()).await;
        cut_everywhere(&w, async |_| {
            w.pass(1).await;
            // Too many previews are an answer as well.
            _ = preview::generate(&w.s, &paul.me, account).await;
        })
        .await;
        w.work().await;
        assert!(active(&w.token(&paul).await));
        cut_everywhere(&w, async |_| _ = widgets::delete(&w.s, &paul.me, widget).await).await;
    }

    async fn what_ends_an_account(w) {
        cut_everywhere(&w, async |_| {
            let paul = w.sign_in(Platform::Instagram, "paul").await;
            for account in w.accounts(&paul).await {
                accounts::disconnect(&w.s, &paul.me, account.id).await.unwrap();
            }
        })
        .await;
        cut_everywhere(&w, async |_| {
            w.sign_in(Platform::Instagram, "paul").await;
            callbacks::deauthorize(&w.s, Platform::Instagram, &signed_request(&w).await).await.unwrap();
        })
        .await;
        cut_everywhere(&w, async |_| {
            w.sign_in(Platform::Instagram, "paul").await;
            callbacks::delete_data(&w.s, Platform::Instagram, &signed_request(&w).await).await.unwrap();
        })
        .await;
    }
}
