//! What becomes of a feed, over arbitrary sequences of answers.

use chrono::{TimeZone, Utc};
use proptest::prelude::*;

use super::super::{ItemFacts, MediaKind};
use super::*;

fn start() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

/// The higher the number, the newer the post.
fn post(number: u32) -> PostFacts {
    let id = MediaId(number.to_string());
    PostFacts {
        items: vec![ItemFacts { id: id.clone(), kind: MediaKind::Image }],
        id,
        kind: MediaKind::Image,
        caption: None,
        alt: None,
        permalink: None,
        at: start() - TimeDelta::days(1000) + TimeDelta::hours(i64::from(number)),
        likes: None,
        comments: None,
    }
}

fn posts(numbers: impl IntoIterator<Item = u32>) -> Vec<PostFacts> {
    numbers.into_iter().map(post).collect()
}

/// A feed, and what is remembered of its answers.
#[derive(Clone, Default)]
struct Kept {
    posts: Vec<PostFacts>,
    doubt: Option<Doubt>,
}

impl Kept {
    fn of(numbers: impl IntoIterator<Item = u32>) -> Self {
        Self { posts: posts(numbers), doubt: None }
    }

    fn hears(&mut self, fetched: &[PostFacts], hours: i64) {
        let now = start() + TimeDelta::hours(hours);
        let (changes, doubt) = believed(&self.posts, fetched, self.doubt.take(), now);
        self.posts.retain(|post| !changes.gone.contains(&post.id));
        for new in changes.written {
            self.posts.retain(|post| post.id != new.id);
            self.posts.push(new);
        }
        self.doubt = doubt;
    }

    fn numbers(&self) -> BTreeSet<u32> {
        self.posts.iter().map(|post| post.id.0.parse().unwrap()).collect()
    }
}

fn answers() -> impl Strategy<Value = Vec<(i64, BTreeSet<u32>)>> {
    proptest::collection::vec((1i64..5, proptest::collection::btree_set(0u32..40, 0..40)), 1..20)
}

proptest! {
    #[test]
    fn no_answer_takes_most_of_a_feed_away_alone(life in answers()) {
        let mut kept = Kept::of(0..30);
        let mut now = 0;
        for (pause, numbers) in life {
            now += pause;
            let before = kept.clone();
            kept.hears(&posts(numbers.iter().copied()), now);
            let gone = before.numbers().difference(&kept.numbers()).count();
            if gone * 2 > before.posts.len() {
                let doubt = before.doubt.expect("most goes only after a doubt");
                prop_assert!(start() + TimeDelta::hours(now) >= doubt.since + CONFIRMED_AFTER);
            }
            // What was there since the doubt began does not go for it.
            if let Some(doubt) = &kept.doubt {
                let seen = numbers.iter().all(|number| !doubt.missing.contains(&post(*number).id));
                prop_assert!(seen && !doubt.missing.is_empty());
            }
            prop_assert!(numbers.is_subset(&kept.numbers()), "what an answer holds is shown");
        }
    }

    #[test]
    fn the_same_answer_again_and_again_is_believed(
        stored in proptest::collection::btree_set(0u32..60, 0..60),
        fetched in proptest::collection::btree_set(0u32..60, 1..60),
    ) {
        let mut kept = Kept::of(stored);
        for hour in 0..=6 {
            kept.hears(&posts(fetched.iter().copied()), hour);
        }
        prop_assert_eq!(kept.numbers(), fetched);
        prop_assert_eq!(kept.doubt, None);
    }
}

#[test]
fn a_short_hour_takes_nothing_and_hides_no_new_post() {
    let mut kept = Kept::of(0..80);
    kept.hears(&posts(76..82), 1);
    assert_eq!(kept.numbers(), (0..82).collect());
    kept.hears(&posts(0..82), 2);
    assert_eq!((kept.numbers(), &kept.doubt), ((0..82).collect(), &None));
    // A doubt that was answered confirms nothing later.
    kept.hears(&posts(76..82), 30);
    assert_eq!(kept.numbers().len(), 82);
}

#[test]
fn who_really_deletes_most_posts_is_believed_hours_later() {
    let mut kept = Kept::of(0..80);
    for hour in 1..7 {
        kept.hears(&posts(75..80), hour);
        assert_eq!(kept.numbers().len(), 80, "{hour}");
    }
    kept.hears(&posts(75..80), 7);
    assert_eq!(kept.numbers(), (75..80).collect());
}

#[test]
fn a_few_deleted_posts_go_at_once() {
    let mut kept = Kept::of(0..80);
    kept.hears(&posts(0..79), 1);
    assert_eq!(kept.numbers(), (0..79).collect());
    let mut two = Kept::of(0..2);
    two.hears(&posts(0..1), 1);
    assert_eq!(two.numbers(), (0..1).collect());
}

#[test]
fn short_answers_that_differ_take_only_what_all_of_them_lack() {
    let mut kept = Kept::of(0..80);
    kept.hears(&posts(70..80), 1);
    kept.hears(&posts(0..10), 8);
    assert_eq!(kept.numbers(), (0..10).chain(70..80).collect());
}

#[test]
fn what_many_new_posts_push_out_of_a_full_list_is_not_missed() {
    let most = u32::try_from(KEPT).unwrap();
    let mut kept = Kept::of(0..most);
    kept.hears(&posts(90..90 + most), 1);
    assert_eq!((kept.numbers(), kept.doubt), ((90..90 + most).collect(), None));
    // But a full list of other posts that are older takes nothing.
    let mut kept = Kept::of(1000..1000 + most);
    kept.hears(&posts(0..most), 1);
    assert_eq!(kept.numbers().len(), 2 * KEPT);
}

#[test]
fn an_empty_answer_neither_takes_nor_confirms() {
    let mut kept = Kept::of(0..80);
    kept.hears(&posts(75..80), 1);
    let before = kept.doubt.clone();
    kept.hears(&[], 9);
    assert_eq!((kept.numbers().len(), kept.doubt), (80, before));
}

#[test]
fn answers_that_contradict_each_other_in_everything_begin_anew() {
    let mut kept = Kept::of(0..30);
    kept.hears(&posts(0..10), 1);
    kept.hears(&posts(10..30), 2);
    assert_eq!(kept.doubt, None, "most are there");
    kept.hears(&posts(0..10), 3);
    kept.hears(&posts(10..20), 4);
    kept.hears(&posts(20..30), 5);
    let doubt = kept.doubt.clone().unwrap();
    assert_eq!((doubt.since, doubt.missing.len()), (start() + TimeDelta::hours(5), 20));
    assert_eq!(kept.numbers().len(), 30);
}
