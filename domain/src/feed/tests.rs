//! What an answer does to a feed, and what text from strangers becomes.

use chrono::{TimeDelta, TimeZone, Utc};
use proptest::prelude::*;

use super::*;

fn post(id: u32, caption: &str) -> PostFacts {
    let id = MediaId(id.to_string());
    PostFacts {
        items: vec![ItemFacts { id: id.clone(), kind: MediaKind::Image }],
        id,
        kind: MediaKind::Image,
        caption: Some(caption.to_owned()),
        alt: None,
        permalink: None,
        at: Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap() - TimeDelta::hours(1),
        likes: None,
        comments: Some(3),
    }
}

fn apply(stored: &[PostFacts], changes: &Changes) -> Vec<PostFacts> {
    let mut after: Vec<PostFacts> = stored
        .iter()
        .filter(|post| !changes.gone.contains(&post.id))
        .filter(|post| !changes.written.iter().chain(&changes.counted).any(|new| new.id == post.id))
        .cloned()
        .collect();
    after.extend(changes.written.iter().chain(&changes.counted).cloned());
    after.sort_by(|a, b| a.id.cmp(&b.id));
    after
}

fn feed() -> impl Strategy<Value = Vec<PostFacts>> {
    prop::collection::btree_map(0u32..30, ("[a-c]{0,2}", 0u64..3), 0..20).prop_map(|posts| {
        let read =
            |(id, (caption, likes)): (u32, (String, u64))| PostFacts { likes: Some(likes), ..post(id, &caption) };
        posts.into_iter().map(read).collect()
    })
}

proptest! {
    #[test]
    fn after_a_fetch_the_feed_is_what_meta_answered(stored in feed(), fetched in feed()) {
        let changes = changes(&stored, &fetched);
        let mut wanted = if fetched.is_empty() { stored.clone() } else { fetched.clone() };
        wanted.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(apply(&stored, &changes), wanted);
    }

    #[test]
    fn what_did_not_change_is_not_written(stored in feed()) {
        prop_assert_eq!(changes(&stored, &stored), Changes::default());
    }

    #[test]
    fn an_empty_answer_never_empties_a_feed(stored in feed()) {
        prop_assert_eq!(changes(&stored, &[]), Changes::default());
    }

    #[test]
    fn a_shortened_text_is_never_longer(text in ".{0,300}", most in 1usize..200) {
        prop_assert!(shorten(&text, most).chars().count() <= most.max(1));
    }

    #[test]
    fn no_address_outside_instagram_becomes_a_link(text in ".{0,60}") {
        if let Some(link) = Permalink::parse(&text) {
            prop_assert!(link.as_str().starts_with("https://www.instagram.com/") || link.as_str().starts_with("https://instagram.com/"));
        }
    }
}

#[test]
fn likes_and_comments_do_not_change_a_post_and_words_not_its_pictures() {
    let old = [post(1, "a"), post(2, "b"), post(3, "c"), post(4, "d")];
    let mut new = old.clone();
    (new[0].likes, new[0].comments) = (Some(9), None);
    new[1].caption = None;
    new[2].items.push(ItemFacts { id: MediaId("31".to_owned()), kind: MediaKind::Video });
    let seen = changes(&old, &[&new[..], &[post(5, "e")]].concat());
    let ids = |posts: &[PostFacts]| posts.iter().map(|post| post.id.0.clone()).collect::<Vec<_>>();
    assert_eq!(
        (ids(&seen.counted), ids(&seen.written)),
        (vec!["1".to_owned()], vec!["2".into(), "3".into(), "5".into()])
    );
    assert_eq!(seen.rearranged, [MediaId("3".to_owned()), MediaId("5".to_owned())]);
}

#[test]
fn the_order_of_a_feed_knows_no_ties() {
    let mut posts: Vec<PostFacts> = (1..6).map(|id| post(id, "")).collect();
    posts[1].at += TimeDelta::seconds(1);
    let mut turned: Vec<PostFacts> = posts.iter().rev().cloned().collect();
    posts.sort_by(PostFacts::newest_first);
    turned.sort_by(PostFacts::newest_first);
    assert_eq!(posts, turned);
    assert_eq!(posts.iter().map(|post| post.id.0.as_str()).collect::<Vec<_>>(), ["2", "5", "4", "3", "1"]);
}

#[test]
fn hostile_addresses_are_no_links() {
    for text in [
        "javascript:alert(1)",
        "http://www.instagram.com/p/x/",
        "https://www.instagram.com.evil.example/",
        "https://www.instagram.com@evil.example/",
        "https://www.instagram.com/p/x/\" onclick=\"alert(1)",
        "https://www.instagram.com/p/\u{202E}x/",
        "//www.instagram.com/p/x/",
        " https://www.instagram.com/p/x/",
    ] {
        assert_eq!(Permalink::parse(text), None, "{text}");
        assert!(serde_json::from_value::<Permalink>(text.into()).is_err(), "{text}");
    }
    assert!(Permalink::parse("https://www.instagram.com/p/CAbc-_123/").is_some());
    assert!(Permalink::parse("https://www.instagram.com/reel/CAbc/?igsh=1").is_some());
}

#[test]
fn alternatives_come_from_the_owner_first() {
    let shown = |alt: Option<&str>, caption: Option<&str>| {
        let facts = PostFacts { alt: alt.map(Into::into), caption: caption.map(Into::into), ..post(1, "") };
        Post { facts, pictures: vec![None] }.alt()
    };
    assert_eq!(shown(Some("a cat"), Some("hello")).as_deref(), Some("a cat"));
    assert_eq!(shown(Some("  "), Some("one\n\n two")).as_deref(), Some("one two"));
    assert_eq!(shown(None, None), None);
    assert_eq!(shorten("one two three", 9), "one two…");
}
