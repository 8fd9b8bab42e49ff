//! Widgets that never go dark: posts, pictures, the refresh queue.

use std::sync::Arc;

use backend::demo::{Demo, TokenSource};
use backend::event::Kind;
use backend::service::{Error, accounts, preview, queue, views, widgets};
use backend::{Services, job};
use chrono::TimeDelta;
use domain::feed::MediaKind;
use domain::form::Draft;
use domain::id::{AccountId, WidgetId};
use domain::platform::Platform;
use domain::token::Trigger;
use domain::view::QueueState;
use domain::widget::{Failure, Settings, Shown};
use serde_json::{Value, json};

use crate::on_both;
use crate::world::{World, active};
use backend::service::people::Signed;

pub fn plain() -> Draft {
    Draft::from(&Settings::default())
}

pub fn with(field: &str, text: &str) -> Draft {
    let mut draft = plain();
    draft.0.insert(field.to_owned(), text.to_owned());
    draft
}

async fn only_account(w: &World, signed: &Signed) -> AccountId {
    w.accounts(signed).await[0].id
}

/// Somebody signed in, with a widget that was built.
pub async fn lit(w: &World, who: &str) -> (Signed, WidgetId) {
    let signed = w.sign_in(Platform::Instagram, who).await;
    let account = only_account(w, &signed).await;
    let widget = widgets::create(&w.s, &signed.me, account, &plain()).await.unwrap();
    w.work().await;
    (signed, widget)
}

pub async fn shown(w: &World, widget: WidgetId) -> Shown {
    widgets::shown(&w.s, widget).await.unwrap().expect("the widget is there").1
}

async fn state(w: &World, signed: &Signed, widget: WidgetId) -> QueueState {
    let view = queue::of_person(&w.s, &signed.me).await.unwrap();
    view.entries.iter().find(|entry| entry.widget == widget).expect("the widget is in the queue").state
}

pub const DEMO: &str = "best.of.instagram";

/// Services whose strangers see the demo account; its token comes from the sandbox.
pub fn with_demo(w: &World) -> Services {
    let (http, address) = (w.http.clone(), w.control_url("/control/tokens"));
    let source: TokenSource = Arc::new(move || {
        let asked = http.post(&address).json(&json!({ "username": DEMO, "kind": "long" })).send();
        Box::pin(async move {
            let answer: Value = asked.await.ok()?.json().await.ok()?;
            Some(answer["access_token"].as_str()?.to_owned().into())
        })
    });
    Services { demo: Some(Demo::new(source)), ..w.s.clone() }
}

on_both! {
    async fn a_new_widget_is_built_with_posts_and_pictures_of_its_account(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let shown = shown(&w, widget).await;
        assert_eq!(shown.username, "paul");
        assert_eq!(shown.posts.len(), 12);
        assert!(shown.posts.is_sorted_by(|a, b| a.facts.at >= b.facts.at));
        assert!(shown.posts.iter().all(|post| post.cover().is_some()), "every post has a picture");
        let album = shown.posts.iter().find(|post| post.facts.kind == MediaKind::Album).unwrap();
        let kept = album.pictures.iter().flatten().count();
        assert!(album.pictures.len() > 1 && kept == 1, "nobody sees more than the first: {kept}");
        let picture = shown.posts[0].cover().unwrap();
        let bytes = w.s.pictures.read(&picture.hash, picture.widths[0]).await.unwrap().unwrap();
        assert!(bytes.starts_with(b"RIFF"), "kept as WebP");
        assert!(matches!(state(&w, &paul, widget).await, QueueState::Done { .. }));
        let view = widgets::get(&w.s, &paul.me, widget).await.unwrap();
        assert_eq!(view.days.len(), 30);
        assert_eq!(view.days[29].rebuilt, 1);
        assert_eq!(view.posts.len(), 12);
    }

    async fn a_rebuild_is_a_check_of_the_token(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let before = w.token(&paul).await.summary.last_success_at.unwrap();
        w.pass(3).await;
        widgets::save(&w.s, &paul.me, widget, &with("title", "Coffee")).await.unwrap();
        w.work().await;
        assert!(w.token(&paul).await.summary.last_success_at.unwrap() >= before + TimeDelta::hours(3));
        assert_eq!(shown(&w, widget).await.settings.title.as_str(), "Coffee");
    }

    async fn a_dead_token_leaves_the_last_good_feed_and_says_why(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let before = shown(&w, widget).await;
        w.happens("paul", "password").await;
        w.pass(2).await;
        w.work().await;
        assert!(!active(&w.token(&paul).await), "the rebuild found it out");
        assert_eq!(shown(&w, widget).await, before, "nothing goes dark");
        let failed = state(&w, &paul, widget).await;
        assert!(matches!(failed, QueueState::Failed { failure: Failure::TokenNotActive, .. }), "{failed:?}");
        let calls = w.calls("media").await;
        w.pass(5).await;
        w.work().await;
        assert_eq!(w.calls("media").await, calls, "a dead token is not used");
    }

    async fn a_repaired_token_queues_its_widgets_and_they_show_the_newest_post(w) {
        let (paul, widget) = lit(&w, "paul").await;
        w.happens("paul", "password").await;
        w.pass(26).await;
        w.work().await;
        w.control("/control/people/paul/publish", json!({ "caption": "Back again" })).await;
        let paul = { let _old = paul; w.sign_in(Platform::Instagram, "paul").await };
        assert_eq!(state(&w, &paul, widget).await, QueueState::Waiting { position: 1 });
        w.work().await;
        assert!(matches!(state(&w, &paul, widget).await, QueueState::Done { .. }));
        assert_eq!(shown(&w, widget).await.posts[0].facts.caption.as_deref(), Some("Back again"));
    }

    async fn a_passed_checkpoint_queues_the_widgets(w) {
        let (paul, widget) = lit(&w, "paul").await;
        w.happens("paul", "checkpoint").await;
        w.pass(2).await;
        w.work().await;
        assert!(!active(&w.token(&paul).await));
        w.happens("paul", "pass-checkpoint").await;
        w.pass(2).await;
        w.work().await;
        assert!(active(&w.token(&paul).await));
        assert!(matches!(state(&w, &paul, widget).await, QueueState::Done { .. }));
    }

    async fn an_outage_changes_nothing_but_the_next_try(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let before = shown(&w, widget).await;
        for (kind, failure) in [
            ("html502", Failure::Unavailable),
            ("broken-json", Failure::Unavailable),
            ("transient", Failure::Unavailable),
            ("unsupported", Failure::Unclear),
        ] {
            w.fault(json!({ "kind": kind, "endpoints": ["media"] })).await;
            widgets::rebuild(&w.s, &paul.me, widget).await.unwrap();
            w.pass(1).await;
            w.work().await;
            let seen = state(&w, &paul, widget).await;
            assert!(matches!(seen, QueueState::Failed { failure: found, .. } if found == failure), "{kind}: {seen:?}");
            assert_eq!(shown(&w, widget).await, before, "{kind}");
            assert!(active(&w.token(&paul).await), "{kind}");
            w.http.delete(w.control_url("/control/faults")).send().await.unwrap();
        }
        w.pass(1).await;
        w.work().await;
        assert!(matches!(state(&w, &paul, widget).await, QueueState::Done { .. }), "it is tried again by itself");
    }

    async fn a_limit_is_honoured_for_as_long_as_meta_asks(w) {
        let (paul, widget) = lit(&w, "paul").await;
        w.fault(json!({ "kind": "account-limit", "endpoints": ["media"], "regain_minutes": 180 })).await;
        w.pass(1).await;
        w.work().await;
        let failed = state(&w, &paul, widget).await;
        assert!(matches!(failed, QueueState::Failed { failure: Failure::Limited, .. }), "{failed:?}");
        w.http.delete(w.control_url("/control/faults")).send().await.unwrap();
        let calls = w.calls("media").await;
        w.pass(1).await;
        w.work().await;
        assert_eq!(w.calls("media").await, calls, "more calls would prolong it");
        w.pass(3).await;
        w.work().await;
        assert!(matches!(state(&w, &paul, widget).await, QueueState::Done { .. }));
    }

    async fn widgets_of_one_account_share_one_fetch(w) {
        let (paul, _) = lit(&w, "paul").await;
        let account = only_account(&w, &paul).await;
        let calls = w.calls("media").await;
        let mut new = Vec::new();
        for _ in 0..5 {
            new.push(widgets::create(&w.s, &paul.me, account, &plain()).await.unwrap());
        }
        for widget in &new {
            assert_eq!(state(&w, &paul, *widget).await, QueueState::Waiting { position: 1 });
        }
        w.work().await;
        assert_eq!(w.calls("media").await - calls, 1, "one call for all of them");
        for widget in &new {
            assert!(matches!(state(&w, &paul, *widget).await, QueueState::Done { .. }));
        }
        // In the steady state as well: an hour, one call.
        for hours in 1..=5 {
            w.pass(1).await;
            w.work().await;
            assert_eq!(w.calls("media").await - calls, 1 + hours, "one call an hour for all of them");
        }
    }

    async fn a_deleted_post_disappears_at_the_next_fetch(w) {
        let (paul, widget) = lit(&w, "paul").await;
        w.control("/control/people/paul/publish", json!({ "caption": "A mistake" })).await;
        w.pass(2).await;
        w.work().await;
        assert_eq!(shown(&w, widget).await.posts[0].facts.caption.as_deref(), Some("A mistake"));
        w.control("/control/reset", json!({})).await;
        // The fresh world has neither the post nor the old token, and begins its time anew.
        w.pass(24).await;
        let paul = { let _old = paul; w.sign_in(Platform::Instagram, "paul").await };
        w.work().await;
        assert!(matches!(state(&w, &paul, widget).await, QueueState::Done { .. }));
        assert!(shown(&w, widget).await.posts.iter().all(|post| post.facts.caption.as_deref() != Some("A mistake")));
    }

    async fn a_stranger_finds_no_widget(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let account = only_account(&w, &paul).await;
        let stranger = w.sign_up("ann@example.com").await.me;
        assert!(matches!(widgets::get(&w.s, &stranger, widget).await, Err(Error::NotFound)));
        assert!(matches!(widgets::save(&w.s, &stranger, widget, &plain()).await, Err(Error::NotFound)));
        assert!(matches!(widgets::rebuild(&w.s, &stranger, widget).await, Err(Error::NotFound)));
        assert!(matches!(widgets::delete(&w.s, &stranger, widget).await, Err(Error::NotFound)));
        assert!(matches!(widgets::create(&w.s, &stranger, account, &plain()).await, Err(Error::NotFound)));
        assert!(matches!(preview::generate(&w.s, &stranger, account).await, Err(Error::NotFound)));
        let look = preview::shown(&w.s, Some(&stranger), Some(account), Settings::default()).await.unwrap();
        assert!(look.is_none());
        assert!(widgets::page(&w.s, &stranger, &widgets::Asked::default()).await.unwrap().items.is_empty());
    }

    async fn settings_outside_their_range_change_nothing(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let before = shown(&w, widget).await;
        let answer = widgets::save(&w.s, &paul.me, widget, &with("desktop.columns", "99")).await;
        let Err(Error::Settings(problems)) = answer else { panic!("{answer:?}") };
        assert_eq!(problems[0].field, "desktop.columns");
        assert_eq!(shown(&w, widget).await, before);
        let account = only_account(&w, &paul).await;
        let answer = widgets::create(&w.s, &paul.me, account, &Draft::default()).await;
        assert!(matches!(answer, Err(Error::Settings(_))));
    }

    async fn hidden_posts_and_kinds_are_not_shown(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let first = shown(&w, widget).await.posts[0].facts.id.clone();
        let mut draft = with(&Draft::hidden_field(&first), "on");
        draft.0.remove("albums");
        widgets::save(&w.s, &paul.me, widget, &draft).await.unwrap();
        let posts = shown(&w, widget).await.posts;
        assert!(posts.iter().all(|post| post.facts.id != first && post.facts.kind != MediaKind::Album));
        assert!(!posts.is_empty());
    }

    async fn a_deleted_widget_is_gone_for_everybody(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let mut changes = w.s.pulse.subscribe();
        widgets::delete(&w.s, &paul.me, widget).await.unwrap();
        assert!(widgets::shown(&w.s, widget).await.unwrap().is_none());
        let told = changes.try_recv().unwrap();
        assert_eq!((told.kind, told.widget), (Kind::WidgetDeleted, Some(widget)));
        assert!(told.changes_embed(told.account, widget));
        w.pass(2).await;
        w.work().await;
        assert!(queue::of_person(&w.s, &paul.me).await.unwrap().entries.is_empty());
    }

    async fn another_process_hears_what_changed(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let other = Services { pulse: backend::pulse::Pulse::default(), ..w.s.clone() };
        let mut heard = other.pulse.subscribe();
        let pulse = other.pulse.clone();
        let following = tokio::spawn(async move { pulse.follow(other.db, other.wall).await });
        widgets::save(&w.s, &paul.me, widget, &with("title", "News")).await.unwrap();
        while heard.recv().await.unwrap().widget != Some(widget) {}
        following.abort();
    }

    async fn a_website_is_kept_and_told_in_its_own_letters(w) {
        let (paul, widget) = lit(&w, "paul").await;
        widgets::save(&w.s, &paul.me, widget, &with("sites", "MÜLLER.de\nhttps://한국.kr/블로그")).await.unwrap();
        w.s.views.count(widget, "xn--mller-kva.de");
        views::write(&w.s).await.unwrap();
        let view = widgets::get(&w.s, &paul.me, widget).await.unwrap();
        assert_eq!(view.summary.sites, ["MÜLLER.de", "https://한국.kr"]);
        assert_eq!(view.seen_on[0].site, "MÜLLER.de");
        let refused = widgets::save(&w.s, &paul.me, widget, &with("sites", "my shop")).await;
        assert!(matches!(refused, Err(Error::Settings(_))), "{refused:?}");
    }

    async fn views_are_counted_by_day_and_site_without_anything_about_visitors(w) {
        let (paul, widget) = lit(&w, "paul").await;
        for site in ["shop.example", "shop.example", "blog.example", ""] {
            w.s.views.count(widget, site);
        }
        w.s.views.count(WidgetId(backend::random::new_id()), "nowhere.example");
        views::write(&w.s).await.unwrap();
        for number in 0..300 {
            w.s.views.count(widget, &format!("{number}.spam.example"));
        }
        views::write(&w.s).await.unwrap();
        let view = widgets::get(&w.s, &paul.me, widget).await.unwrap();
        assert_eq!(view.summary.views, 304);
        assert_eq!(view.days[29].views, 304);
        assert_eq!(view.seen_on.iter().find(|seen| seen.site == "shop.example").unwrap().views, 2);
        assert!(view.seen_on.len() <= 201, "strangers cannot fill the database with names");
        let breaks = w.accounts(&paul).await[0].breaks;
        assert_eq!((breaks.widgets, breaks.views_per_day), (1, 11));
        assert!(breaks.sites >= 2);
    }

    async fn a_lost_rebuild_is_planned_again(w) {
        let (_paul, widget) = lit(&w, "paul").await;
        w.test_db.execute("DELETE FROM job WHERE kind = 'fetch'").await.unwrap();
        job::begin(&w.s).await.unwrap();
        w.pass(3).await;
        w.work().await;
        assert_eq!(w.test_db.count("job WHERE kind = 'fetch' AND state = 'ready'").await.unwrap(), 1);
        assert!(shown(&w, widget).await.posts.len() == 12);
    }

    async fn what_belongs_to_a_deleted_account_goes_with_it(w) {
        let (paul, widget) = lit(&w, "paul").await;
        let picture = shown(&w, widget).await.posts[0].cover().unwrap().clone();
        let account = only_account(&w, &paul).await;
        accounts::disconnect(&w.s, &paul.me, account).await.unwrap();
        for table in ["widget", "post", "item", "feed"] {
            assert_eq!(w.test_db.count(table).await.unwrap(), 0, "{table}");
        }
        assert!(w.test_db.count("picture").await.unwrap() > 0, "a page that a browser holds may still name them");
        let later = w.later(TimeDelta::hours(2));
        job::begin(&w.s).await.unwrap();
        job::worker(later, 1).drain().await.unwrap();
        assert_eq!(w.test_db.count("picture").await.unwrap(), 0);
        assert!(w.s.pictures.read(&picture.hash, picture.widths[0]).await.unwrap().is_none());
    }

    async fn a_preview_checks_the_token_and_brings_pictures(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let account = only_account(&w, &paul).await;
        w.pass(2).await;
        preview::generate(&w.s, &paul.me, account).await.unwrap();
        let look = preview::look(&w.s, Some(&paul.me), None).await.unwrap();
        let chosen = look.chosen.unwrap();
        assert_eq!(chosen.posts, 12);
        assert!(chosen.token.last_success_at.unwrap() >= w.s.clock.now() - TimeDelta::minutes(1));
        let shown = preview::shown(&w.s, Some(&paul.me), Some(account), Settings::default()).await.unwrap().unwrap();
        assert!(shown.posts.iter().all(|post| post.cover().is_some()));
        w.happens("paul", "remove").await;
        preview::generate(&w.s, &paul.me, account).await.unwrap();
        let token = w.token(&paul).await;
        assert!(!active(&token));
        assert!(matches!(token.history.items[0].trigger, Trigger::Preview | Trigger::Callback));
        let shown = preview::shown(&w.s, Some(&paul.me), Some(account), Settings::default()).await.unwrap().unwrap();
        assert_eq!(shown.posts.len(), 12, "the last good feed");
    }

    async fn strangers_see_the_demo_account_again_after_somebody_disconnected_it(w) {
        let s = with_demo(&w);
        let first = preview::shown(&s, None, None, Settings::default()).await.unwrap().expect("the demo account");
        let guest = w.sign_in(Platform::Instagram, DEMO).await;
        accounts::disconnect(&s, &guest.me, only_account(&w, &guest).await).await.unwrap();
        let again = preview::shown(&s, None, None, Settings::default()).await.unwrap().expect("the demo account, anew");
        assert_eq!((again.username.as_str(), again.posts.len()), (DEMO, first.posts.len()));
        let pictures = |shown: &Shown| shown.posts.iter().filter(|post| post.cover().is_some()).count();
        assert_eq!(pictures(&again), pictures(&first));
        assert!(pictures(&again) > 0);
    }

    async fn an_account_of_facebook_has_posts_too(w) {
        let fiona = w.sign_in(Platform::Facebook, "fiona.field").await;
        for account in w.accounts(&fiona).await {
            let widget = widgets::create(&w.s, &fiona.me, account.id, &plain()).await.unwrap();
            w.work().await;
            let shown = shown(&w, widget).await;
            assert_eq!(shown.username, account.username);
            assert!(shown.posts.len() >= 8 && shown.posts[0].cover().is_some());
        }
    }

    async fn hostile_texts_are_kept_as_text_and_hostile_addresses_are_no_links(w) {
        let (_mallory, widget) = lit(&w, "mallory.tables").await;
        let shown = shown(&w, widget).await;
        assert!(shown.posts.iter().any(|post| post.facts.caption.as_deref().is_some_and(|text| text.contains('<'))));
        for post in &shown.posts {
            assert!(post.facts.permalink.as_ref().is_none_or(|link| link.as_str().starts_with("https://www.instagram.com/")));
        }
    }

    async fn an_account_without_posts_is_an_empty_widget(w) {
        let (quiet, widget) = lit(&w, "quiet.start").await;
        assert!(shown(&w, widget).await.posts.is_empty());
        assert!(matches!(state(&w, &quiet, widget).await, QueueState::Done { .. }));
    }
}
