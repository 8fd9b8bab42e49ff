//! Pictures of posts: bad hours of the CDN, new covers, albums, ties.

use backend::service::{preview, widgets};
use domain::feed::MediaKind;
use domain::platform::Platform;
use domain::widget::{Settings, Shown};
use serde_json::{Value, json};

use crate::on_both;
use crate::widgets::{DEMO, lit, plain, shown, with, with_demo};
use crate::world::World;

fn covers(shown: &Shown) -> Vec<Option<String>> {
    shown.posts.iter().map(|post| post.cover().map(|picture| picture.hash.0.clone())).collect()
}

fn missing(shown: &Shown) -> usize {
    covers(shown).iter().filter(|cover| cover.is_none()).count()
}

/// What the CDN says instead of pictures, until it is healed.
async fn cdn(w: &World, mut fault: Value) {
    heal(w).await;
    fault["endpoints"] = json!(["picture"]);
    w.fault(fault).await;
}

async fn heal(w: &World) {
    w.http.delete(w.control_url("/control/faults")).send().await.unwrap();
}

/// The pictures that the CDN was asked for.
async fn asked(w: &World) -> u64 {
    let calls = w.http.get(w.control_url("/control/calls")).send().await.unwrap();
    let calls: Value = calls.json().await.unwrap();
    calls["counters"]["picture"].as_u64().unwrap_or_default()
}

on_both! {
    async fn a_bad_day_of_the_cdn_costs_no_picture(w) {
        cdn(&w, json!({ "kind": "nothing" })).await;
        let (_paul, widget) = lit(&w, "paul").await;
        assert_eq!(missing(&shown(&w, widget).await), 12);
        for fault in [
            json!({ "kind": "nothing", "status": 202 }),
            json!({ "kind": "nothing", "status": 204 }),
            json!({ "kind": "html502", "status": 200 }),
            json!({ "kind": "broken-json" }),
            json!({ "kind": "drop" }),
            json!({ "kind": "nothing", "status": 410 }),
            json!({ "kind": "html502", "status": 200 }),
        ] {
            cdn(&w, fault.clone()).await;
            let before = asked(&w).await;
            w.pass(7).await;
            w.work().await;
            assert_eq!(missing(&shown(&w, widget).await), 12, "{fault}");
            assert!(asked(&w).await > before, "{fault}: asked again with the next feed");
        }
        heal(&w).await;
        w.pass(7).await;
        w.work().await;
        assert_eq!(missing(&shown(&w, widget).await), 0);
    }

    async fn one_bad_hour_is_over_with_the_next_feed(w) {
        cdn(&w, json!({ "kind": "html502", "status": 200 })).await;
        let (_paul, widget) = lit(&w, "paul").await;
        heal(&w).await;
        w.pass(1).await;
        w.work().await;
        assert_eq!(missing(&shown(&w, widget).await), 0);
    }

    async fn a_picture_is_given_up_after_days_and_asked_again_by_hand(w) {
        cdn(&w, json!({ "kind": "html502", "status": 200 })).await;
        let (paul, widget) = lit(&w, "paul").await;
        for _ in 0..30 {
            w.pass(6).await;
            w.work().await;
        }
        let given_up = asked(&w).await;
        w.pass(24).await;
        w.work().await;
        assert_eq!(asked(&w).await, given_up, "nobody asks for ever");
        heal(&w).await;
        w.pass(24).await;
        w.work().await;
        assert_eq!(missing(&shown(&w, widget).await), 12);
        widgets::rebuild(&w.s, &paul.me, widget).await.unwrap();
        w.work().await;
        assert_eq!(missing(&shown(&w, widget).await), 0);
    }

    async fn a_preview_asks_again_at_once(w) {
        cdn(&w, json!({ "kind": "broken-json" })).await;
        let (paul, widget) = lit(&w, "paul").await;
        let account = w.accounts(&paul).await[0].id;
        assert_eq!(missing(&shown(&w, widget).await), 12);
        heal(&w).await;
        w.pass(0).await;
        preview::generate(&w.s, &paul.me, account).await.unwrap();
        assert_eq!(missing(&shown(&w, widget).await), 0);
    }

    async fn a_new_cover_takes_the_place_of_the_old_one_once_it_is_here(w) {
        let (_paul, widget) = lit(&w, "paul").await;
        let before = covers(&shown(&w, widget).await);
        let calls = asked(&w).await;
        w.pass(5).await;
        w.work().await;
        assert_eq!(asked(&w).await, calls, "another signature is no other picture");
        w.happens("paul", "new-cover").await;
        cdn(&w, json!({ "kind": "nothing" })).await;
        w.pass(2).await;
        w.work().await;
        assert_eq!(covers(&shown(&w, widget).await), before, "nothing goes dark");
        heal(&w).await;
        w.pass(2).await;
        w.work().await;
        let after = shown(&w, widget).await;
        let film = after.posts.iter().position(|post| post.facts.kind == MediaKind::Video).unwrap();
        for (place, (before, after)) in before.iter().zip(covers(&after)).enumerate() {
            assert_eq!(*before != after, place == film, "{place}");
        }
        assert_eq!(missing(&after), 0);
    }

    async fn posts_of_one_second_are_copied_in_the_order_in_which_they_are_shown(w) {
        w.control("/control/switches", json!({ "same_second": true })).await;
        let (best, widget) = lit(&w, DEMO).await;
        let account = w.accounts(&best).await[0].id;
        let dark = |shown: &Shown| {
            let dark = shown.posts.iter().filter(|post| post.cover().is_none());
            dark.map(|post| post.facts.id.clone()).collect::<Vec<_>>()
        };
        // Meta hands out no picture of one of the 32 posts.
        let seen = shown(&w, widget).await;
        assert!(seen.posts.len() == 12 && dark(&seen).len() <= 1, "{:?}", dark(&seen));
        let mut draft = with("desktop.columns", "8");
        draft.0.insert("desktop.rows".to_owned(), "4".to_owned());
        let wide = widgets::create(&w.s, &best.me, account, &draft).await.unwrap();
        let preview = preview::shown(&w.s, Some(&best.me), Some(account), Settings::default()).await.unwrap().unwrap();
        assert_eq!(covers(&preview), covers(&seen));
        w.work().await;
        let seen = shown(&w, wide).await;
        assert!(seen.posts.len() == 32 && dark(&seen).len() == 1, "{:?}", dark(&seen));
        assert!(seen.posts.is_sorted_by(|a, b| a.facts.id > b.facts.id));
    }

    async fn a_widget_that_leaves_kinds_out_has_the_pictures_of_what_it_shows(w) {
        let best = w.sign_in(Platform::Instagram, DEMO).await;
        let account = w.accounts(&best).await[0].id;
        let mut draft = plain();
        draft.0.remove("images");
        draft.0.remove("videos");
        let widget = widgets::create(&w.s, &best.me, account, &draft).await.unwrap();
        w.work().await;
        let seen = shown(&w, widget).await;
        assert!(seen.posts.len() == 8 && missing(&seen) == 0, "{} of {}", missing(&seen), seen.posts.len());
    }

    async fn all_pictures_of_an_album_are_copied_where_somebody_can_see_them(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let kept = |shown: &Shown| {
            let albums = shown.posts.iter().filter(|post| post.facts.kind == MediaKind::Album);
            albums.map(|album| (album.pictures.len(), album.pictures.iter().flatten().count())).collect::<Vec<_>>()
        };
        assert!(kept(&shown(&w, widget).await).iter().all(|(all, kept)| *all > 1 && *kept == 1));
        widgets::save(&w.s, &paul.me, widget, &with("click", "lightbox")).await.unwrap();
        w.work().await;
        let albums = kept(&shown(&w, widget).await);
        assert!(!albums.is_empty() && albums.iter().all(|(all, kept)| all == kept), "{albums:?}");
    }

    async fn likes_go_on_and_pictures_stay(w) {
        let (_paul, widget) = lit(&w, "paul").await;
        let before = shown(&w, widget).await;
        w.pass(2).await;
        w.work().await;
        let after = shown(&w, widget).await;
        assert_eq!(covers(&after), covers(&before));
        for (before, after) in before.posts.iter().zip(&after.posts) {
            assert_eq!(after.facts.likes, before.facts.likes.map(|likes| likes + 2));
        }
    }

    async fn the_demo_account_gets_what_did_not_come_at_first(w) {
        let s = with_demo(&w);
        cdn(&w, json!({ "kind": "nothing" })).await;
        let seen = preview::shown(&s, None, None, Settings::default()).await.unwrap().expect("the demo account");
        assert_eq!(missing(&seen), seen.posts.len());
        heal(&w).await;
        w.pass(1).await;
        let seen = preview::shown(&s, None, None, Settings::default()).await.unwrap().expect("the demo account");
        assert!(missing(&seen) <= 1 && !seen.posts.is_empty(), "{}", missing(&seen));
    }

    async fn what_an_older_decoder_gave_up_is_looked_at_again(w) {
        cdn(&w, json!({ "kind": "html502", "status": 200 })).await;
        let (_paul, widget) = lit(&w, "paul").await;
        heal(&w).await;
        for (decoder, missed) in [(backend::media::DECODER, 12), (0, 0)] {
            let given_up = json!({
                "fault": "unusable", "since": "2026-01-01T00:00:00Z", "last": "2026-02-01T00:00:00Z",
                "times": 99, "decoder": decoder,
            });
            w.test_db.execute(&format!("UPDATE item SET failing = '{given_up}' WHERE picture IS NULL")).await.unwrap();
            w.pass(1).await;
            w.work().await;
            assert_eq!(missing(&shown(&w, widget).await), missed, "{decoder}");
        }
    }
}
