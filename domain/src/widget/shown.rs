//! What a visitor sees: settings and the posts they let through.

use super::Settings;
use crate::feed::Post;

/// Everything the renderer needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// How it looks.
    pub settings: Settings,
    /// Whose posts, without the `@`.
    pub username: String,
    /// Those that are shown, newest first, no more than fit.
    pub posts: Vec<Post>,
}

impl Shown {
    /// Of all posts of an account, newest first, the ones that a widget with
    /// these settings shows.
    pub fn new(settings: Settings, username: String, posts: Vec<Post>) -> Self {
        let most = settings.most();
        let posts = posts.into_iter().filter(|post| settings.shows(&post.facts)).take(most).collect();
        Self { settings, username, posts }
    }
}
