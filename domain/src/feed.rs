//! The stored posts of an account, and how an answer of Meta changes them.

pub mod copying;
mod doubt;
mod permalink;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::id::{MediaId, PictureHash};

pub use doubt::{Doubt, believed};
pub use permalink::Permalink;

/// As many posts of an account as are kept, the newest first.
pub const KEPT: usize = 100;

/// What a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// One picture.
    Image,
    /// A film; Meta gives a still of it.
    Video,
    /// Several pictures and films.
    Album,
}

/// What Meta tells of a post; its pictures are copied separately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostFacts {
    /// Meta's id.
    pub id: MediaId,
    /// What it is.
    pub kind: MediaKind,
    /// What the owner wrote. Text from strangers: never markup.
    pub caption: Option<String>,
    /// What the owner wrote for those who cannot see it.
    pub alt: Option<String>,
    /// Its page on Instagram.
    pub permalink: Option<Permalink>,
    /// When it was published.
    pub at: Moment,
    /// Absent where the owner hides likes.
    pub likes: Option<u64>,
    /// Absent where Meta does not tell.
    pub comments: Option<u64>,
    /// The pictures and films: one, or those of an album.
    pub items: Vec<ItemFacts>,
}

impl PostFacts {
    /// The order of a feed: the newest first. Posts of one second are told
    /// apart by their ids, so that whoever takes the first few takes the same.
    pub fn newest_first(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at).then_with(|| other.id.cmp(&self.id))
    }

    /// Whether it says the same. Likes and comments are no part of that: they
    /// change with every look.
    fn says_the_same(&self, other: &Self) -> bool {
        let Self { id, kind, caption, alt, permalink, at, likes: _, comments: _, items } = self;
        (id, kind, caption, alt, permalink, at, items)
            == (&other.id, &other.kind, &other.caption, &other.alt, &other.permalink, &other.at, &other.items)
    }
}

/// One picture or film of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFacts {
    /// Meta's id; of a post that is no album, the post's own.
    pub id: MediaId,
    /// Image or video.
    pub kind: MediaKind,
}

/// A picture that is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its name.
    pub hash: PictureHash,
    /// Of the original, in pixels.
    pub width: u32,
    /// Of the original, in pixels.
    pub height: u32,
    /// The widths it is kept at, ascending, in pixels. Never empty.
    pub widths: Vec<u32>,
}

/// A post as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// What Meta tells of it.
    pub facts: PostFacts,
    /// One for each item, in order; `None` where there is nothing to copy, or
    /// copying did not work yet.
    pub pictures: Vec<Option<Picture>>,
}

impl Post {
    /// The picture that stands for the whole post.
    pub fn cover(&self) -> Option<&Picture> {
        self.pictures.iter().flatten().next()
    }

    /// What the picture shows, for those who cannot see it: the owner's own
    /// words for that, otherwise the beginning of the caption.
    pub fn alt(&self) -> Option<String> {
        let words = |text: &String| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then(|| shorten(&text, Self::ALT_CHARS))
        };
        self.facts.alt.as_ref().and_then(words).or_else(|| self.facts.caption.as_ref().and_then(words))
    }

    /// Screen readers read alternatives in one breath.
    const ALT_CHARS: usize = 160;
}

/// The first `most` characters, cut at a word where there is one.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole_words = cut.rsplit_once(' ').map(|(words, _)| words).filter(|words| words.len() > cut.len() / 2);
    format!("{}…", whole_words.unwrap_or(&cut).trim_end())
}

/// What has to be written after a fetch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New or changed posts.
    pub written: Vec<PostFacts>,
    /// Those that say what they said, and have other likes or comments.
    pub counted: Vec<PostFacts>,
    /// Those written posts that are new, or have other pictures than before.
    pub rearranged: Vec<MediaId>,
    /// Posts that are gone at Instagram.
    pub gone: Vec<MediaId>,
}

impl Changes {
    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        let Self { written, counted, rearranged, gone } = self;
        written.is_empty() && counted.is_empty() && rearranged.is_empty() && gone.is_empty()
    }
}

/// Compares what is stored with what Meta answered. Only what changed is
/// written. An empty answer never empties a feed: Meta has answered so during
/// outages, and a widget must not go dark for it.
pub fn changes(stored: &[PostFacts], fetched: &[PostFacts]) -> Changes {
    if fetched.is_empty() {
        return Changes::default();
    }
    let known = |post: &PostFacts| stored.iter().find(|known| known.id == post.id);
    let (mut written, mut counted, mut rearranged) = (Vec::new(), Vec::new(), Vec::new());
    for post in fetched {
        match known(post) {
            Some(known) if known == post => {}
            Some(known) if known.says_the_same(post) => counted.push(post.clone()),
            known => {
                if known.is_none_or(|known| known.items != post.items) {
                    rearranged.push(post.id.clone());
                }
                written.push(post.clone());
            }
        }
    }
    let still_there = |post: &&PostFacts| fetched.iter().any(|fetched| fetched.id == post.id);
    Changes {
        written,
        counted,
        rearranged,
        gone: stored.iter().filter(|post| !still_there(post)).map(|post| post.id.clone()).collect(),
    }
}
