//! An account's posts: from the sandbox, and from answers no sandbox gives.

use backend::meta::{Feed, Media, MetaError, What};
use chrono::{DateTime, TimeDelta};
use domain::feed::{MediaKind, PostFacts};
use domain::id::InstagramId;
use domain::platform::Platform::{self, Facebook, Instagram};
use domain::token::{Death, Failure, Verdict};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::stub::{self, Reply, Stub, TOKEN, refusal};
use crate::world::World;

const ME: &str = "/v25.0/me/media";
const ACCOUNT: &str = "17841400000000101";
const FLOWERS: &str = "17841400000000707";
const ALL: usize = 100;

async fn ask(world: &World, platform: Platform, username: &str, most: usize) -> Result<Feed, MetaError> {
    let token = world.token(username).await;
    ask_with(world, platform, &token, most).await
}

async fn ask_with(world: &World, platform: Platform, token: &SecretString, most: usize) -> Result<Feed, MetaError> {
    world.provider(platform).feed(token, &InstagramId(FLOWERS.to_owned()), most).await
}

async fn feed_of(username: &str) -> Feed {
    ask(&World::new().await, Instagram, username, ALL).await.unwrap()
}

/// Asks a server that gives these answers, with Instagram Login.
async fn ask_stub(replies: Vec<Reply>, most: usize) -> (Result<Feed, MetaError>, Stub) {
    let stub = Stub::start(vec![(ME, replies)]).await;
    let account = InstagramId(ACCOUNT.to_owned());
    let feed = stub.meta().of(Instagram).unwrap().feed(&TOKEN.into(), &account, most).await;
    (feed, stub)
}

fn post(id: u64) -> Value {
    json!({
        "id": id, "media_type": "IMAGE", "media_url": "https://cdn.example/a.jpg?oh=00_signed&oe=635F5D1A",
        "timestamp": "2026-10-30T09:24:11+0000"
    })
}

fn page(rows: Vec<Value>, after: &str, goes_on: bool) -> Reply {
    let next = "https://graph.instagram.com/v25.0/me/media?access_token=IGAAnever";
    let mut paging = json!({"cursors": {"before": "x", "after": after}});
    if goes_on {
        paging["next"] = json!(next);
    }
    stub::json(json!({"data": rows, "paging": paging}))
}

fn with_header(name: &'static str, value: Value, reply: Reply) -> Reply {
    Reply { headers: vec![(name, value.to_string())], ..reply }
}

fn facts(feed: &Feed) -> Vec<&PostFacts> {
    feed.posts.iter().map(|post| &post.facts).collect()
}

fn ids(feed: &Feed) -> Vec<&str> {
    facts(feed).iter().map(|facts| facts.id.0.as_str()).collect()
}

fn is_complete(media: &Media) -> bool {
    media.sources.len() == media.facts.items.len() && media.sources.iter().all(Option::is_some)
}

#[tokio::test]
async fn both_platforms_tell_the_posts_of_an_account() {
    let world = World::new().await;
    for (platform, username, expected) in [(Instagram, "paul", 12), (Facebook, "fiona.field", 14)] {
        let feed = ask(&world, platform, username, ALL).await.unwrap();
        assert_eq!((feed.posts.len(), feed.pause), (expected, None), "{platform}");
        assert!(feed.posts.iter().all(is_complete));
        assert!(feed.posts.is_sorted_by(|a, b| a.facts.at > b.facts.at));
        let newest = &feed.posts[0].facts;
        assert_eq!(newest.at, "2026-10-30T09:24:11Z".parse::<DateTime<chrono::Utc>>().unwrap());
        assert!(newest.permalink.as_ref().unwrap().as_str().starts_with("https://www.instagram.com/p/"));
        assert!(newest.alt.is_some() && newest.likes.is_some() && newest.comments.is_some());
        assert_eq!((feed.posts[6].facts.likes, &feed.posts[5].facts.caption), (None, &None), "{platform}");

        let few = ask(&world, platform, username, 5).await.unwrap();
        assert_eq!(facts(&few), facts(&feed)[..5]);
    }
}

#[tokio::test]
async fn an_account_without_posts_has_an_empty_feed() {
    assert!(feed_of("quiet.start").await.posts.is_empty());
}

#[tokio::test]
async fn albums_films_and_a_flagged_post_are_read() {
    let feed = feed_of("best.of.instagram").await;
    assert_eq!(feed.posts.len(), 32);
    let album = &feed.posts[7];
    let kinds: Vec<_> = album.facts.items.iter().map(|item| item.kind).collect();
    let image = MediaKind::Image;
    assert_eq!((album.facts.kind, kinds), (MediaKind::Album, vec![image, MediaKind::Video, image, image, image]));
    assert!(is_complete(album));
    let film = &feed.posts[4];
    assert_eq!((film.facts.kind, film.facts.items[0].kind), (MediaKind::Video, MediaKind::Video));
    for still in [&film.sources[0], &album.sources[1]] {
        assert!(still.as_ref().unwrap().expose_secret().contains(".jpg?"));
    }
    let without: Vec<_> = feed.posts.iter().filter(|post| !is_complete(post)).collect();
    assert_eq!((without.len(), without[0].sources.len()), (1, 1));
    assert!(without[0].sources[0].is_none());
}

#[tokio::test]
async fn a_feed_of_more_than_a_page_is_put_together() {
    let world = World::new().await;
    for _ in 0..70 {
        world.control("people/best.of.instagram/publish", json!({"caption": "new"})).await;
    }
    let feed = ask(&world, Instagram, "best.of.instagram", 200).await.unwrap();
    let mut ids = ids(&feed);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), feed.posts.len()), (102, 102));
}

#[tokio::test]
async fn hostile_captions_stay_text() {
    let feed = feed_of("mallory.tables").await;
    let captions: Vec<_> = facts(&feed).iter().filter_map(|facts| facts.caption.as_deref()).collect();
    assert!(captions.contains(&"<script>alert('caption')</script>"));
    assert!(captions.contains(&"Right to left: \u{202E}gnippilf txet siht\u{202C} and back"));
    assert!(captions.contains(&"line one\r\nline two\u{2028}line three\u{0085}end"));
    assert!(captions.iter().any(|caption| caption.len() > 2_000));
}

#[tokio::test]
async fn every_trouble_has_its_name() {
    let world = World::new().await;
    let troubles = [
        ("account-limit", Failure::Limited, Some(TimeDelta::minutes(7))),
        ("app-limit", Failure::Limited, None),
        ("html502", Failure::Unavailable, None),
        ("broken-json", Failure::Unavailable, None),
        ("big-body", Failure::Unavailable, None),
        ("drop", Failure::Unavailable, None),
        ("api-blocked", Failure::AppFault, None),
    ];
    for (platform, username, scope) in
        [(Instagram, "paul", "instagram_business_basic"), (Facebook, "fiona.field", "instagram_basic")]
    {
        let token = world.token(username).await;
        for (fault, expected, wait) in troubles {
            let put_on = json!({"kind": fault, "endpoints": ["media"], "times": 1, "regain_minutes": 7});
            world.control("faults", put_on).await;
            let error = ask_with(&world, platform, &token, ALL).await.unwrap_err();
            let expected = (Verdict::Unknown(expected), wait);
            assert_eq!((error.verdict, error.retry_after), expected, "{platform} {fault}: {error}");
        }
        world.control(&format!("people/{username}/untick"), json!({"permission": scope})).await;
        let error = ask_with(&world, platform, &token, ALL).await.unwrap_err();
        assert_eq!(error.verdict, Verdict::PermissionMissing, "{platform}: {error}");
        world.happens(username, "grant").await;
        world.happens(username, "password").await;
        let error = ask_with(&world, platform, &token, ALL).await.unwrap_err();
        assert_eq!(error.verdict, Verdict::Dead(Death::PasswordChanged), "{platform}: {error}");
        let text = format!("{error} {error:?}");
        assert!(!text.contains(token.expose_secret()), "{text}");
    }
    let personal = ask(&world, Instagram, "just.me", ALL).await.unwrap_err();
    assert_eq!(personal.verdict, Verdict::Unknown(Failure::Unclear));
}

#[tokio::test]
async fn usage_far_from_the_limit_asks_for_no_pause() {
    let world = World::new().await;
    world.switch("usage_headers", json!(true)).await;
    assert_eq!(ask(&world, Instagram, "paul", ALL).await.unwrap().pause, None);
}

#[tokio::test]
async fn a_question_names_the_account_and_no_more_than_is_needed() {
    let (feed, stub) = ask_stub(vec![page(vec![post(1)], "a", false)], 7).await;
    assert_eq!(ids(&feed.unwrap()), ["1"]);
    let [seen] = stub.seen().try_into().unwrap();
    assert_eq!((seen.param("limit"), seen.param("after"), seen.param("access_token")), ("7", "", TOKEN));
    assert!(seen.param("fields").contains("children{id,media_type,media_url,thumbnail_url}"));

    let path = format!("/v25.0/{ACCOUNT}/media");
    let stub = Stub::start(vec![(&path, vec![page(vec![post(1)], "a", false)])]).await;
    let account = InstagramId(ACCOUNT.to_owned());
    stub.meta().of(Facebook).unwrap().feed(&TOKEN.into(), &account, 1_000).await.unwrap();
    let [seen] = stub.seen().try_into().unwrap();
    assert_eq!((seen.param("limit"), seen.param("appsecret_proof").len()), ("100", 64));
    let (nothing, stub) = ask_stub(vec![], 0).await;
    assert_eq!((nothing.unwrap().posts.len(), stub.seen().len()), (0, 0));
}

#[tokio::test]
async fn pages_follow_the_cursor_until_there_is_enough() {
    let pages = vec![page(vec![post(1), post(2)], "a", true), page(vec![post(2), post(3), post(4)], "b", true)];
    let (feed, stub) = ask_stub(pages, 3).await;
    assert_eq!(ids(&feed.unwrap()), ["1", "2", "3"]);
    let asked: Vec<_> =
        stub.seen().iter().map(|seen| (seen.param("after").to_owned(), seen.param("limit").to_owned())).collect();
    assert_eq!(asked, [("".to_owned(), "3".to_owned()), ("a".to_owned(), "1".to_owned())]);
}

#[tokio::test]
async fn a_list_that_never_ends_ends() {
    let same = page(vec![post(1)], "same", true);
    let (feed, stub) = ask_stub(vec![same], ALL).await;
    assert_eq!((ids(&feed.unwrap()), stub.seen().len()), (vec!["1"], 2));

    let circle = (0..200).map(|call| page(vec![post(call % 3)], &format!("c{}", call % 3), true)).collect();
    let (feed, stub) = ask_stub(circle, ALL).await;
    assert_eq!((ids(&feed.unwrap()), stub.seen().len()), (vec!["0", "1", "2"], 4));

    let endless = (0..200).map(|call| page(vec![post(1)], &call.to_string(), true)).collect();
    let (feed, stub) = ask_stub(endless, ALL).await;
    assert_eq!((ids(&feed.unwrap()), stub.seen().len()), (vec!["1"], 8));
}

#[tokio::test]
async fn half_a_feed_is_none() {
    let failing = [refusal(500, 2, 0, "x"), stub::json(json!({}))];
    for second in failing {
        let (feed, _) = ask_stub(vec![page(vec![post(1)], "a", true), second], ALL).await;
        assert!(feed.is_err());
    }
}

#[tokio::test]
async fn a_strange_post_hides_no_other() {
    let mut counted = post(2);
    counted["like_count"] = json!("17");
    counted["comments_count"] = json!(3);
    let rows = vec![json!({"id": 1, "media_type": "HOLOGRAM"}), json!("x"), counted, post(u64::MAX)];
    let (feed, _) = ask_stub(vec![page(rows, "a", false)], ALL).await;
    let feed = feed.unwrap();
    assert_eq!(ids(&feed), ["2", "18446744073709551615"]);
    assert_eq!((feed.posts[0].facts.likes, feed.posts[0].facts.comments), (Some(17), Some(3)));
}

#[tokio::test]
async fn an_answer_without_a_list_is_strange() {
    for answer in [json!({}), json!({"data": null}), json!({"data": {}}), json!([post(1)]), json!({"posts": []})] {
        let (feed, _) = ask_stub(vec![stub::json(answer)], ALL).await;
        let error = feed.unwrap_err();
        assert_eq!((error.verdict, *error.what), (Verdict::Unknown(Failure::Unclear), What::Strange(200)));
    }
}

#[tokio::test]
async fn what_is_no_answer_is_no_feed() {
    for body in stub::NO_ANSWERS.into_iter().filter(|body| *body != "{\"data\":[]}") {
        assert!(ask_stub(vec![stub::text(body)], ALL).await.0.is_err(), "{body}");
    }
    let half = r#"{"data":[],"errors":[{"message":"x"}]}"#;
    assert!(ask_stub(vec![stub::text(half)], ALL).await.0.is_err());
}

#[tokio::test]
async fn a_text_that_strict_json_refuses_costs_no_post() {
    let world = World::new().await;
    let sound = ask(&world, Instagram, "paul", ALL).await.unwrap();
    for fault in ["half-emoji", "raw-control", "broken-utf8", "byte-order-mark"] {
        world.control("faults", json!({"kind": fault, "endpoints": ["media"], "times": 1})).await;
        let feed = ask(&world, Instagram, "paul", ALL).await.unwrap_or_else(|error| panic!("{fault}: {error}"));
        assert_eq!(ids(&feed), ids(&sound), "{fault}");
        let changed = facts(&feed).into_iter().zip(facts(&sound)).filter(|(a, b)| a != b).count();
        assert!(changed <= 1, "{fault}: {changed} posts read otherwise");
    }
    let rows =
        r#"{"data":[{"id":"1","media_type":"IMAGE","timestamp":"2026-10-30T09:24:11+0000","caption":"a \ud83d b"}]}"#;
    let (feed, _) = ask_stub(vec![stub::text(rows)], ALL).await;
    assert_eq!(feed.unwrap().posts[0].facts.caption.as_deref(), Some("a \u{fffd} b"));
}

#[tokio::test]
async fn a_field_that_meta_does_not_have_is_asked_for_once() {
    let unknown = refusal(400, 100, 0, "(#100) Tried accessing nonexisting field (alt_text) on node type (Media)");
    let pages = vec![unknown.clone(), page(vec![post(1)], "a", true), page(vec![post(2)], "b", false)];
    let (feed, stub) = ask_stub(pages, ALL).await;
    assert_eq!(ids(&feed.unwrap()), ["1", "2"]);
    let asked: Vec<_> = stub.seen().iter().map(|seen| seen.param("fields").contains("alt_text")).collect();
    assert_eq!(asked, [true, false, false]);

    let (feed, stub) = ask_stub(vec![unknown], ALL).await;
    assert_eq!(feed.unwrap_err().verdict, Verdict::Unknown(Failure::Unclear));
    assert_eq!(stub.seen().len(), 2);
}

#[tokio::test]
async fn too_much_at_once_is_asked_for_in_parts() {
    let too_much = refusal(500, 1, 0, "Please reduce the amount of data you're asking for, then retry your request");
    let (feed, stub) = ask_stub(vec![too_much.clone(), page(vec![post(1)], "a", false)], ALL).await;
    assert_eq!(ids(&feed.unwrap()), ["1"]);
    let limits: Vec<_> = stub.seen().iter().map(|seen| seen.param("limit").to_owned()).collect();
    assert_eq!(limits, ["100", "25"]);

    let (feed, stub) = ask_stub(vec![too_much], ALL).await;
    assert_eq!(feed.unwrap_err().verdict, Verdict::Unknown(Failure::Unavailable));
    assert_eq!(stub.seen().len(), 2);
}

#[tokio::test]
async fn the_longest_pause_of_all_pages_counts_and_no_page_is_left_out() {
    let business = |minutes: i64| json!({"1784": [{"call_count": 100, "estimated_time_to_regain_access": minutes}]});
    let (usage, app) = ("x-business-use-case-usage", "x-app-usage");
    let pages = vec![
        with_header(usage, business(19), page(vec![post(1)], "a", true)),
        with_header(app, json!({"call_count": 96}), page(vec![post(2)], "b", true)),
        page(vec![post(3)], "c", false),
    ];
    let (feed, _) = ask_stub(pages, ALL).await;
    let feed = feed.unwrap();
    assert_eq!((ids(&feed), feed.pause), (vec!["1", "2", "3"], Some(TimeDelta::hours(1))));
}

#[tokio::test]
async fn neither_a_feed_nor_an_error_shows_a_token_or_a_signed_address() {
    let world = World::new().await;
    let token = world.token("paul").await;
    let feed = ask_with(&world, Instagram, &token, ALL).await.unwrap();
    let shown = format!("{feed:?} {:#?}", feed.clone());
    assert!(feed.posts[0].sources[0].as_ref().unwrap().expose_secret().contains("oh="));
    for secret in ["oh=", "oe=", token.expose_secret()] {
        assert!(!shown.contains(secret));
    }
    let bad = json!({"data": {"url": "https://cdn.example/?oh=00_signed", "token": TOKEN}});
    for reply in [stub::json(bad), refusal(400, 100, 0, &format!("Bad {TOKEN}"))] {
        let error = ask_stub(vec![reply], ALL).await.0.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(TOKEN) && !shown.contains("oh="), "{shown}");
    }
}
