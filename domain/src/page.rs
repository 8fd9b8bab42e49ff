//! A list that is read a page at a time.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// As many entries as one page has.
pub const ENTRIES: usize = 25;
/// So many are asked for: a page, and whether there is another one.
pub const ONE_MORE: u64 = ENTRIES as u64 + 1;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// As many as there are on all pages.
    pub total: u64,
    /// What to ask for to get the next page; `None` on the last one.
    pub next: Option<String>,
    /// The moment this was read.
    pub now: Moment,
}

impl<T> Page<T> {
    /// Of what was found, one more than a page has: whether there is another page.
    /// `id` is what the next one is asked for with.
    pub fn cut(mut found: Vec<T>, id: impl Fn(&T) -> String, total: u64, now: Moment) -> Self {
        let more = found.len() > ENTRIES;
        found.truncate(ENTRIES);
        let next = found.last().filter(|_| more).map(id);
        Self { items: found, total, next, now }
    }

    /// The same page of other things.
    pub fn of<U>(self, items: Vec<U>) -> Page<U> {
        Page { items, total: self.total, next: self.next, now: self.now }
    }
}

/// What somebody searches a list for. Empty finds everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Search(String);

impl Search {
    /// The longest search, in characters: longer than any name is.
    pub const MAX_CHARS: usize = 100;

    /// What was typed, without what stands around it.
    pub fn new(typed: &str) -> Self {
        let plain = typed.trim().trim_start_matches('@');
        Self(plain.chars().filter(|c| !c.is_control()).take(Self::MAX_CHARS).collect())
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether everything is found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Search {
    fn from(typed: String) -> Self {
        Self::new(&typed)
    }
}

impl From<Search> for String {
    fn from(search: Search) -> Self {
        search.0
    }
}

/// In which order accounts are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountOrder {
    /// Those that need somebody first, and then by name.
    #[default]
    Need,
    /// By what breaks if the token dies, the most first.
    Impact,
}

/// In which order widgets are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WidgetOrder {
    /// As they were made.
    #[default]
    Made,
    /// By their views in the last 30 days, the most first.
    Views,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_a_page_has_is_another_page() {
        let now = Moment::UNIX_EPOCH;
        let cut = |count: usize| Page::cut((1..=count).collect(), ToString::to_string, 9, now);
        let (full, more) = (cut(ENTRIES), cut(ENTRIES + 1));
        assert_eq!((full.items.len(), full.next), (ENTRIES, None));
        assert_eq!((more.items.len(), more.next), (ENTRIES, Some(ENTRIES.to_string())));
        assert_eq!(cut(0).next, None);
    }

    #[test]
    fn a_search_is_what_was_meant() {
        assert_eq!(Search::new("  @corner.bakery \n").as_str(), "corner.bakery");
        assert_eq!(Search::new("\u{0}a\tb").as_str(), "ab");
        assert!(Search::new(" @ ").is_empty());
        assert_eq!(Search::new(&"ü".repeat(1000)).as_str().chars().count(), Search::MAX_CHARS);
    }
}
