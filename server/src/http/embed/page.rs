//! Everything that is answered for one widget, made in one go.

use std::io;

use domain::id::WidgetId;
use domain::language::Language;
use domain::widget::{Shown, Site, Source, Voice};
use http::HeaderValue;

use super::encoded::{Effort, Encoded};
use super::render::{self, Frame};
use crate::http::api::document::Feed;

/// A widget's answers.
#[derive(Debug)]
pub struct Page {
    /// What a frame loads.
    pub html: Encoded,
    /// The policy that goes with it.
    pub policy: HeaderValue,
    /// The feed as data.
    pub json: Encoded,
    /// The origins that may read the feed; `None` means every one.
    pub origins: Option<Vec<Source>>,
    /// Whether its words are in the language that the visitor asks for.
    pub by_visitor: bool,
}

/// What the answers are made of: cheap to make and to compare.
#[derive(Debug, PartialEq, Eq)]
pub struct Draft {
    html: String,
    policy: String,
    json: String,
    origins: Option<Vec<Source>>,
    by_visitor: bool,
}

impl Draft {
    /// Renders, for visitors whose browsers ask for this language.
    ///
    /// # Errors
    /// Never, as far as anybody knows: the feed is always JSON.
    pub fn new(widget: WidgetId, shown: &Shown, origin: &str, asked: Language) -> io::Result<Self> {
        let rendered = render::render(shown, &Frame::Website { widget, origin }, asked);
        let json = serde_json::to_string(&Feed::new(widget, shown, origin)).map_err(io::Error::other)?;
        let sites = &shown.settings.sites;
        let origins = (!sites.is_empty()).then(|| sites.iter().flat_map(Site::sources).collect());
        let by_visitor = shown.settings.language == Voice::Visitor;
        Ok(Self { html: rendered.html, policy: rendered.policy, json, origins, by_visitor })
    }

    /// Whether a page says the same. Then there is nothing to pack, which is
    /// what costs time.
    pub fn is(&self, page: &Page) -> bool {
        page.html.text() == self.html.as_bytes()
            && page.json.text() == self.json.as_bytes()
            && page.policy.as_bytes() == self.policy.as_bytes()
            && page.origins == self.origins
            && page.by_visitor == self.by_visitor
    }

    /// Packs. Takes milliseconds.
    ///
    /// # Errors
    /// See [`Encoded::new`].
    pub fn pack(self) -> io::Result<Page> {
        Ok(Page {
            html: Encoded::new("text/html; charset=utf-8", &self.html, &self.policy, Effort::Best)?,
            json: Encoded::new("application/json", &self.json, "", Effort::Quick)?,
            policy: HeaderValue::try_from(self.policy).map_err(io::Error::other)?,
            origins: self.origins,
            by_visitor: self.by_visitor,
        })
    }
}

impl Page {
    /// How much memory it takes, about.
    pub fn size(&self) -> usize {
        self.html.size() + self.json.size() + self.policy.len() + 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn what_did_not_change_is_not_packed_again() {
        let draft =
            |shown: &Shown| Draft::new(samples::widget(), shown, "https://widgets.example", Language::En).unwrap();
        let mut shown = samples::shown(9);
        let page = draft(&shown).pack().unwrap();
        assert!(draft(&shown).is(&page));
        shown.settings.sites = vec![Site::parse("shop.example").unwrap()];
        assert!(!draft(&shown).is(&page));
        shown.settings.sites.clear();
        shown.posts[3].facts.comments = Some(77_777);
        assert!(!draft(&shown).is(&page), "the feed tells what the page does not");
    }
}
