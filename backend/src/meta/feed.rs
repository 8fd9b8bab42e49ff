//! An account's newest posts: the pages of Meta's list, put together.
//!
//! Sources: Meta, "IG User media", "IG Media", "Rate limits".

mod post;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use chrono::TimeDelta;
use domain::id::MediaId;
use serde::Deserialize;
use serde_json::Value;

use super::answer::Paging;
use super::call::Call;
use super::error::MetaError;
use super::http::Http;

pub use post::Media;

/// What is asked of each post. An expansion in braces is part of the same call.
const FIELDS: &str = "id,caption,media_type,media_url,thumbnail_url,permalink,timestamp,like_count,comments_count,\
                      children{id,media_type,media_url,thumbnail_url}";
/// In Meta's API since March 2025, and not for everything there is.
const YOUNG_FIELD: &str = "alt_text";
/// Meta gives no more at once.
const MOST_PER_CALL: usize = 100;
/// Meta's own page size; for accounts whose posts are too much to gather at once.
const FEW_PER_CALL: usize = 25;
/// A list that never ends does here: soon enough for who waits for it.
const MOST_CALLS: usize = 8;
/// Meta's code for a field it does not have, among much else.
const BAD_PARAMETER: i64 = 100;
/// Meta's words, under code 1, when gathering the answer took it too long.
const TOO_MUCH: &str = "reduce the amount of data";

/// The newest posts of an account, as Meta tells of them.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// As Meta orders them, the newest first; each once.
    pub posts: Vec<Media>,
    /// For how long Meta had better not be asked again, because the account's
    /// or the app's share of calls is (nearly) used up; at most a day.
    pub pause: Option<TimeDelta>,
}

/// A page of the list. What a post of it is, is looked at one by one.
#[derive(Deserialize)]
struct Page {
    data: Vec<Value>,
    paging: Option<Paging>,
}

/// How the list is asked for; made easier where Meta refuses that.
struct Manner {
    alt_text: bool,
    per_call: usize,
}

/// Asks for the newest `most` posts; `call` is the bare question for the list.
///
/// A page that fails fails it all: half of a list would look as if the other
/// half had been deleted.
pub(super) async fn fetch<'a>(http: &Http, most: usize, call: impl Fn() -> Call<'a>) -> Result<Feed, MetaError> {
    let mut feed = Feed::default();
    let mut known = HashSet::new();
    let mut manner = Manner { alt_text: true, per_call: MOST_PER_CALL };
    let mut cursors: Vec<String> = Vec::new();
    for _ in 0..MOST_CALLS {
        let wanted = most.saturating_sub(feed.posts.len());
        if wanted == 0 {
            return Ok(feed);
        }
        let mut call = manner.ask(call(), wanted);
        if let Some(after) = cursors.last() {
            call = call.with("after", after.clone());
        }
        let (page, pause) = match http.ask_with_pause::<Page>(&call).await {
            Err(error) if manner.ease(&error) => continue,
            answer => answer?,
        };
        feed.pause = feed.pause.max(pause);
        feed.add(&page.data, most, &mut known);
        let after = page.paging.and_then(Paging::after);
        let Some(after) = after.filter(|after| !cursors.contains(after)) else { return Ok(feed) };
        cursors.push(after);
    }
    tracing::warn!(posts = feed.posts.len(), "Meta's list of an account's posts does not end");
    Ok(feed)
}

impl Manner {
    fn ask<'a>(&self, call: Call<'a>, wanted: usize) -> Call<'a> {
        let fields = if self.alt_text { format!("{FIELDS},{YOUNG_FIELD}") } else { FIELDS.to_owned() };
        call.with("fields", fields).with("limit", wanted.min(self.per_call).to_string())
    }

    /// Whether an easier question may be answered; each is tried once.
    fn ease(&mut self, error: &MetaError) -> bool {
        let Some(said) = &error.said else { return false };
        if self.alt_text && said.code == Some(BAD_PARAMETER) && said.message.contains(YOUNG_FIELD) {
            self.alt_text = false;
            return true;
        }
        if self.per_call > FEW_PER_CALL && said.message.contains(TOO_MUCH) {
            self.per_call = FEW_PER_CALL;
            return true;
        }
        false
    }
}

impl Feed {
    /// Whatever cannot be read is left out and hides nothing else.
    fn add(&mut self, rows: &[Value], most: usize, known: &mut HashSet<MediaId>) {
        for row in rows {
            let Some(media) = post::read(row) else {
                // The post itself is not logged: it holds signed addresses.
                tracing::debug!("a post of a kind we do not know is left out");
                continue;
            };
            if self.posts.len() < most && known.insert(media.facts.id.clone()) {
                self.posts.push(media);
            }
        }
    }
}
