//! An account's posts: the same ones at every start, made from their number.

use super::{Account, captions::caption};
use chrono::{DateTime, Duration, Utc};

/// A post.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub id: String,
    pub shortcode: String,
    pub caption: Option<String>,
    pub alt_text: Option<String>,
    pub at: DateTime<Utc>,
    /// `None`: the owner hides likes.
    pub likes: Option<u32>,
    pub comments: u32,
    pub media: Media,
    /// Copyright-flagged: Meta leaves `media_url` out.
    pub flagged: bool,
    pub size: (u32, u32),
    /// How often it got another cover.
    pub cover: u32,
    /// Whose it is, as they are called by now.
    pub username: String,
}

/// What a post shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    Image,
    Video,
    /// An album with so many pictures; the second one of a long album is a video.
    Carousel(usize),
}

/// When the newest of the made-up posts was published: Friday, 30 October 2026, 09:24:11.
pub(crate) const NEWEST: i64 = 1_793_352_251;

/// The aspect ratios Instagram allows, at a size that is cheap to draw.
const SIZES: &[(u32, u32)] = &[(480, 480), (432, 540), (540, 360), (480, 480), (360, 540), (560, 294)];

/// The post of an account with this number, which is always the same; the greater, the older.
pub(crate) fn made_up(account: &Account, index: usize) -> Post {
    let seed = seed(&format!("{}/{index}", account.username));
    let media = match index % 8 {
        2 => Media::Carousel(3),
        4 => Media::Video,
        7 => Media::Carousel(5),
        _ => Media::Image,
    };
    let spacing = Duration::hours(53) * i32::try_from(index).unwrap_or(0);
    Post {
        // Meta: media ids are 17 digits and start with 17 or 18.
        id: format!("179{:014}", seed % 100_000_000_000_000),
        shortcode: shortcode(seed),
        caption: caption(account.style, index),
        alt_text: index.is_multiple_of(3).then(|| "A picture with soft colours and simple shapes".to_owned()),
        at: DateTime::from_timestamp(NEWEST, 0).unwrap_or_default() - spacing,
        likes: (index % 9 != 6).then_some(u32::try_from(seed % 4000).unwrap_or(0)),
        comments: u32::try_from(seed / 7 % 90).unwrap_or(0),
        media,
        flagged: account.posts > 20 && index == 11,
        size: SIZES[usize::try_from(seed % 6).unwrap_or(0)],
        cover: 0,
        username: account.username.to_owned(),
    }
}

impl Post {
    /// What its picture is drawn from.
    pub(crate) fn picture_seed(&self) -> String {
        if self.cover == 0 { self.id.clone() } else { format!("{}-{}", self.id, self.cover) }
    }

    /// Likes at a moment: one more each hour.
    pub(crate) fn likes_at(&self, now: DateTime<Utc>) -> Option<i64> {
        self.likes.map(|likes| i64::from(likes) + (now - self.at).num_hours().max(0))
    }

    /// Comments at a moment: one more each day.
    pub(crate) fn comments_at(&self, now: DateTime<Utc>) -> i64 {
        i64::from(self.comments) + (now - self.at).num_days().max(0)
    }
}

/// An 11-character shortcode as in `https://www.instagram.com/p/…/`.
fn shortcode(seed: u64) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letter = |place: u32| char::from(LETTERS[usize::try_from(seed >> (place * 6) & 63).unwrap_or(0)]);
    std::iter::once('C').chain((0..10).map(letter)).collect()
}

/// FNV-1a: the same number for the same text on every machine.
pub(crate) fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
