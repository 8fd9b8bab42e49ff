//! What happens here that others want to know, and who reacts to what.
//!
//! Embeds in memory, open pages and the queue read the same events.

use domain::id::{AccountId, WidgetId};
use serde::{Deserialize, Serialize};

/// Something that happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Event {
    /// What happened.
    pub kind: Kind,
    /// To which account.
    pub account: AccountId,
    /// To which of its widgets; `None` where it concerns them all.
    pub widget: Option<WidgetId>,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The account was connected, or lives by a new string.
    Connected,
    /// It was deleted, and its widgets with it.
    Deleted,
    /// It is called something else.
    Renamed,
    /// Its token works again, or a person got it a longer life.
    Relit,
    /// It is shared with its token again.
    Shared,
    /// Its posts changed, or pictures of them were copied.
    Posts,
    /// A widget was made.
    WidgetMade,
    /// A widget looks different.
    WidgetChanged,
    /// A widget was deleted.
    WidgetDeleted,
    /// Somebody wants the latest posts.
    RebuildAsked,
    /// A worker is fetching its posts.
    Rebuilding,
    /// A worker has fetched them, or failed to.
    Rebuilt,
}

/// Who reacts to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reactions {
    /// Embeds in memory: visitors see something else.
    embeds: bool,
    /// Open pages: the refresh queue moved.
    pages: bool,
    /// The queue: the widgets want the latest posts.
    fetch: bool,
}

impl Kind {
    /// The one list of what reacts to what.
    const fn reactions(self) -> Reactions {
        let (embeds, pages, fetch) = match self {
            Self::Connected | Self::WidgetMade | Self::WidgetChanged => (true, true, true),
            Self::Relit | Self::Shared | Self::RebuildAsked => (false, true, true),
            Self::Deleted | Self::WidgetDeleted => (true, true, false),
            Self::Renamed | Self::Posts => (true, false, false),
            Self::Rebuilding | Self::Rebuilt => (false, true, false),
        };
        Reactions { embeds, pages, fetch }
    }
}

impl Event {
    /// It happened to an account, and so to all its widgets.
    pub const fn of_account(kind: Kind, account: AccountId) -> Self {
        Self { kind, account, widget: None }
    }

    /// It happened to one widget of an account.
    pub const fn of_widget(kind: Kind, account: AccountId, widget: WidgetId) -> Self {
        Self { kind, account, widget: Some(widget) }
    }

    /// Whether visitors see something else of this widget of this account.
    pub fn changes_embed(&self, account: AccountId, widget: WidgetId) -> bool {
        self.changes_embeds() && self.account == account && self.widget.is_none_or(|mine| mine == widget)
    }

    /// Whether visitors see something else.
    pub const fn changes_embeds(&self) -> bool {
        self.kind.reactions().embeds
    }

    /// Whether places in the refresh queue moved.
    pub const fn moves_queue(&self) -> bool {
        self.kind.reactions().pages
    }

    /// Whether the account's widgets want the latest posts.
    pub(crate) const fn wants_posts(&self) -> bool {
        self.kind.reactions().fetch
    }
}
