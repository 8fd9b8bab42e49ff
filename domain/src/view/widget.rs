//! Widgets, the refresh queue and the preview, as pages show them.

use serde::{Deserialize, Serialize};

use super::{AccountRef, TokenSummary};
use crate::Moment;
use crate::feed::Picture;
use crate::id::{MediaId, WidgetId};
use crate::widget::{Failure, Layout, Settings};

/// One widget in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetSummary {
    /// The widget.
    pub id: WidgetId,
    /// Its title; empty where none was given.
    pub title: String,
    /// The account whose posts it shows.
    pub account: AccountRef,
    /// How it arranges them.
    pub layout: Layout,
    /// Whether the account's access token is ACTIVE.
    pub token_active: bool,
    /// Whether it needs somebody: it is not, or will not stay so by itself.
    pub token_needs: bool,
    /// When it was last rebuilt with the latest pictures.
    pub rebuilt_at: Option<Moment>,
    /// Where it stands in the refresh queue.
    pub queue: QueueState,
    /// When it is rebuilt next by itself.
    pub next_rebuild: Option<Moment>,
    /// The websites that may embed it; empty means every one.
    pub sites: Vec<String>,
    /// In the last 30 days.
    pub views: u64,
}

/// Everything about one widget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetView {
    /// The first glance.
    pub summary: WidgetSummary,
    /// How it looks.
    pub settings: Settings,
    /// The account's posts, newest first, to hide some.
    pub posts: Vec<PostRef>,
    /// The account's token, for the way to a repair.
    pub token: TokenSummary,
    /// The last 30 days, oldest first; the last one is today.
    pub days: Vec<Day>,
    /// The websites it was seen on in the last 30 days, the most views first.
    pub seen_on: Vec<SiteViews>,
    /// The public origin of this installation, without a closing slash.
    pub origin: String,
    /// The moment this was read.
    pub now: Moment,
}

/// A post in a list of posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostRef {
    /// Meta's id.
    pub id: MediaId,
    /// What it shows, in a few words; empty where nobody said.
    pub words: String,
    /// When it was published.
    pub at: Moment,
    /// Its picture.
    pub picture: Option<Picture>,
}

/// What happened on one day (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Its beginning.
    pub day: Moment,
    /// How often the widget was loaded.
    pub views: u64,
    /// How often it was rebuilt.
    pub rebuilt: u32,
    /// How often a rebuild brought nothing new.
    pub failed: u32,
}

/// A website and how often a widget was seen on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteViews {
    /// The site's host; empty where the browser did not tell.
    pub site: String,
    /// How often.
    pub views: u64,
}

/// One widget in the refresh queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueEntry {
    /// The widget.
    pub widget: WidgetId,
    /// Its title; empty where none was given.
    pub title: String,
    /// Without the `@`.
    pub username: String,
    /// Where it stands.
    pub state: QueueState,
    /// When it is rebuilt next by itself, if it does not wait or run.
    pub next: Option<Moment>,
}

/// Where a widget stands in the refresh queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Its turn comes.
    Waiting {
        /// 1 is next; [`FARTHEST`] is that, or more.
        position: u32,
    },
    /// A worker is at it.
    Running,
    /// The last rebuild worked.
    Done {
        /// When.
        at: Moment,
    },
    /// The last rebuild brought nothing new; the last good feed stays.
    Failed {
        /// When.
        at: Moment,
        /// Why.
        failure: Failure,
    },
    /// It was never rebuilt.
    Never,
}

/// The refresh queue of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// The person's widgets, as many as a page has: running ones first, then those
    /// that wait, then by when they were last rebuilt.
    pub entries: Vec<QueueEntry>,
    /// All of the person's widgets.
    pub total: u64,
    /// Those that wait or run.
    pub busy: u64,
    /// Those that do neither, and whose last rebuild brought nothing new.
    pub failed: u64,
    /// The moment this was read.
    pub now: Moment,
}

/// So far ahead in the queue places are counted. Whoever stands behind hears
/// that it is more.
pub const FARTHEST: u32 = 1000;

/// What the front page's preview offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    /// The accounts one may choose from, by name; empty for a stranger.
    pub accounts: Vec<AccountRef>,
    /// The chosen one; `None` where there is none to choose.
    pub chosen: Option<Chosen>,
    /// Whether a stranger may look at the sandbox's demo account.
    pub demo: bool,
    /// The moment this was read.
    pub now: Moment,
}

/// The account of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The account.
    pub account: AccountRef,
    /// Its token.
    pub token: TokenSummary,
    /// How many posts are kept here.
    pub posts: u32,
    /// When they were last fetched.
    pub fetched_at: Option<Moment>,
}

/// What breaks if a token dies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaks {
    /// The widgets that live by it.
    pub widgets: u32,
    /// The websites they were seen on in the last 30 days.
    pub sites: u32,
    /// Their views on an average day of the last 30.
    pub views_per_day: u64,
}
