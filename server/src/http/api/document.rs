//! The feed of a widget, as data.

use domain::Moment;
use domain::feed::{MediaKind, Picture, Post};
use domain::id::WidgetId;
use domain::widget::Shown;
use serde::Serialize;
use utoipa::ToSchema;

/// What a widget shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feed {
    /// The widget's id.
    #[schema(format = Uuid, value_type = String)]
    widget: WidgetId,
    /// Whose posts, without the `@`.
    username: String,
    /// The heading; may be empty.
    title: String,
    /// Newest first.
    posts: Vec<FeedPost>,
}

/// One post.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedPost {
    /// Instagram's id.
    id: String,
    /// What it is.
    kind: Kind,
    /// What the owner wrote. Plain text from strangers: never markup.
    caption: Option<String>,
    /// What it shows, for those who cannot see it.
    alt: Option<String>,
    /// Its page on Instagram.
    permalink: Option<String>,
    /// When it was published.
    #[schema(format = DateTime, value_type = String)]
    published_at: Moment,
    /// Absent where the owner hides likes.
    likes: Option<u64>,
    /// Absent where Instagram does not tell.
    comments: Option<u64>,
    /// Those that are kept here; several of an album, a still of a film.
    pictures: Vec<FeedPicture>,
}

/// What a post is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One picture.
    Image,
    /// A film.
    Video,
    /// Several pictures and films.
    Album,
}

/// One picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedPicture {
    /// Of the original, in pixels.
    width: u32,
    /// Of the original, in pixels.
    height: u32,
    /// WebP files, the narrowest first.
    sources: Vec<FeedSource>,
}

/// One file of a picture. Its address never holds another picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedSource {
    /// In pixels.
    width: u32,
    /// Where it is.
    url: String,
}

/// Why there is no feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Failure {
    /// What happened.
    error: FailureDetail,
}

/// What happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailureDetail {
    /// For programs: `not_found` or `unavailable`.
    code: &'static str,
    /// For people.
    message: &'static str,
}

impl Failure {
    /// A failure with its two names.
    pub const fn new(code: &'static str, message: &'static str) -> Self {
        Self { error: FailureDetail { code, message } }
    }
}

impl Feed {
    /// The feed of a widget; pictures are at `origin`.
    pub fn new(widget: WidgetId, shown: &Shown, origin: &str) -> Self {
        Self {
            widget,
            username: shown.username.clone(),
            title: shown.settings.title.as_str().to_owned(),
            posts: shown.posts.iter().map(|post| FeedPost::new(post, origin)).collect(),
        }
    }
}

impl FeedPost {
    fn new(post: &Post, origin: &str) -> Self {
        let facts = &post.facts;
        Self {
            id: facts.id.to_string(),
            kind: match facts.kind {
                MediaKind::Image => Kind::Image,
                MediaKind::Video => Kind::Video,
                MediaKind::Album => Kind::Album,
            },
            caption: facts.caption.clone(),
            alt: post.alt(),
            permalink: facts.permalink.as_ref().map(|link| link.as_str().to_owned()),
            published_at: facts.at,
            likes: facts.likes,
            comments: facts.comments,
            pictures: post.pictures.iter().flatten().map(|picture| FeedPicture::new(picture, origin)).collect(),
        }
    }
}

impl FeedPicture {
    fn new(picture: &Picture, origin: &str) -> Self {
        let source =
            |width: &u32| FeedSource { width: *width, url: format!("{origin}/media/{}-{width}.webp", picture.hash) };
        Self { width: picture.width, height: picture.height, sources: picture.widths.iter().map(source).collect() }
    }
}
