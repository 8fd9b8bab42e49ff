//! When an answer that lacks most of what is stored is believed.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Changes, KEPT, PostFacts, changes};
use crate::Moment;
use crate::id::MediaId;

/// How much later a second answer must come. Meta's lists have been short for
/// an hour and whole again; who really deletes most of their posts can wait.
const CONFIRMED_AFTER: TimeDelta = TimeDelta::hours(6);

/// Posts that an answer lacked, while there were too many of them to believe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// When that was seen first.
    pub since: Moment,
    /// Those that no answer has held since.
    pub missing: BTreeSet<MediaId>,
}

/// What has to be written after a fetch, and what is to be remembered for the
/// next one. `doubt` is what was remembered before.
///
/// As [`changes`], but an answer that lacks more than half of the stored posts
/// takes none away: it has to be confirmed by another such answer, hours later,
/// and only what both lack goes. New and changed posts are written at once.
/// Source: Meta's list may hold fewer posts than there are, and other ones from
/// hour to hour, as recorded in public issue threads.
pub fn believed(
    stored: &[PostFacts],
    fetched: &[PostFacts],
    doubt: Option<Doubt>,
    now: Moment,
) -> (Changes, Option<Doubt>) {
    if fetched.is_empty() {
        return (changes(stored, fetched), doubt);
    }
    let mut changes = changes(stored, fetched);
    let missing: BTreeSet<MediaId> = lost(stored, fetched, &changes.gone).cloned().collect();
    if missing.len() * 2 <= stored.len() {
        return (changes, None);
    }
    // Answers that contradict each other in everything confirm nothing: a new doubt.
    let older = doubt.map(|before| Doubt { missing: &before.missing & &missing, ..before });
    let doubt = older.filter(|older| !older.missing.is_empty()).unwrap_or(Doubt { since: now, missing });
    if now < doubt.since + CONFIRMED_AFTER {
        changes.gone.clear();
        return (changes, Some(doubt));
    }
    changes.gone.retain(|id| doubt.missing.contains(id));
    (changes, None)
}

/// Those of the missing posts that a full list should have held: what is older
/// than its end has only been pushed out.
fn lost<'a>(
    stored: &'a [PostFacts],
    fetched: &'a [PostFacts],
    gone: &'a [MediaId],
) -> impl Iterator<Item = &'a MediaId> {
    let end = fetched.iter().map(|post| post.at).min().filter(|_| fetched.len() >= KEPT);
    let pushed_out = move |post: &PostFacts| end.is_some_and(|end| post.at <= end);
    let lost = stored.iter().filter(move |post| gone.contains(&post.id) && !pushed_out(post));
    lost.map(|post| &post.id)
}
