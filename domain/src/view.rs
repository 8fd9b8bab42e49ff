//! What pages show: plain data, the same type in the service and in the browser.

mod person;
mod widget;

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::id::{AccountId, EntryId, PersonId, SessionId, TokenId};
use crate::page::Page;
use crate::platform::Platform;
use crate::token::life_line::LifeLine;
use crate::token::{Event, MetaAnswer, Remedy, Repeated, Status, Trigger, Worry};

pub use person::{Address, Alone, Login, SettingsView};
pub use widget::{
    Breaks, Chosen, Day, FARTHEST, PostRef, PreviewView, QueueEntry, QueueState, QueueView, SiteViews, WidgetSummary,
    WidgetView,
};

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person.
    pub id: PersonId,
    /// What the user menu calls them: the e-mail address, `@username` or a name.
    pub name: String,
    /// Whether the name is their e-mail address, which is nobody else's business.
    pub name_is_private: bool,
    /// The ways in which they can sign in.
    pub logins: Logins,
}

impl Me {
    /// What others who look after the same account may read.
    pub fn known_to_others(&self) -> Option<&str> {
        (!self.name_is_private).then_some(&self.name)
    }

    /// Where this person goes on from when nothing says otherwise: with an e-mail
    /// address one looks after many accounts, without one after one's own.
    pub const fn home(&self) -> Home {
        if self.logins.email { Home::Dashboard } else { Home::AccessToken }
    }
}

/// The ways in which somebody can sign in: one of them, or several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logins {
    /// E-mail and password.
    pub email: bool,
    /// Instagram.
    pub instagram: bool,
    /// Facebook.
    pub facebook: bool,
}

/// A page to go on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// The overview of many accounts.
    Dashboard,
    /// "My access token".
    AccessToken,
}

/// One connected account in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The account.
    pub id: AccountId,
    /// Without the `@`.
    pub username: String,
    /// The display name, which may be empty.
    pub name: String,
    /// Its token.
    pub token: TokenSummary,
    /// What breaks if it dies.
    pub breaks: Breaks,
    /// The picture of its token's life, where the list shows it.
    pub life_line: Option<LifeLine>,
}

/// How a person's accounts are, in few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Whose token is ACTIVE.
    pub active: u64,
    /// Whose token is not.
    pub not_active: u64,
    /// That need somebody.
    pub needy: u64,
    /// The next extensions.
    pub coming: Vec<Coming>,
}

/// An extension to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    /// Of the token that this account lives by.
    pub account: AccountRef,
    /// When.
    pub at: Moment,
}

/// "My access token": what one owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// The token of an account of one's own, the one that needs somebody most.
    pub token: Option<TokenView>,
    /// One's own accounts besides, as many as a page has.
    pub other: Vec<AccountView>,
}

/// What the first glance needs of a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSummary {
    /// The record.
    pub id: TokenId,
    /// Where a repair goes.
    pub platform: Platform,
    /// ACTIVE or NOT ACTIVE, and why.
    pub status: Status,
    /// What is to be said of it while it is ACTIVE.
    pub worries: Vec<Worry>,
    /// What Meta said when it stopped working, or when the worry began.
    pub said: Option<MetaAnswer>,
    /// When an answer of Meta last showed that it works.
    pub last_success_at: Option<Moment>,
    /// When it is extended next, by itself.
    pub next_extension: Option<Moment>,
    /// From when on extending is possible.
    pub extendable_from: Moment,
    /// When it ends.
    pub expires_at: Option<Moment>,
    /// Facebook's second deadline.
    pub data_access_expires_at: Option<Moment>,
    /// Until when nobody is needed, should nothing change.
    pub calm_until: Option<Moment>,
    /// What the button does.
    pub remedy: Remedy,
}

impl TokenSummary {
    /// The first deadline at which it stops working by itself.
    pub fn deadline(&self) -> Option<Moment> {
        [self.expires_at, self.data_access_expires_at].into_iter().flatten().min()
    }

    /// Whether a person has to do something: it is NOT ACTIVE, or will not stay ACTIVE by itself.
    pub fn needs_somebody(&self) -> bool {
        !self.status.is_active() || self.worries.iter().any(Worry::needs_somebody)
    }
}

/// Everything about one token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// The first glance.
    pub summary: TokenSummary,
    /// The picture.
    pub life_line: LifeLine,
    /// The accounts that live by it.
    pub accounts: Vec<AccountRef>,
    /// The tries to come, should each fail.
    pub plan: Vec<Moment>,
    /// By when an extension must have worked.
    pub last_safe_moment: Option<Moment>,
    /// What happened, newest first.
    pub history: Page<HistoryEntry>,
    /// The other tokens that lead to the same account, where it is shown for one.
    pub spares: Vec<Spare>,
    /// The moment this was read.
    pub now: Moment,
}

/// A token that leads to an account that lives by another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spare {
    /// Through what it came.
    pub platform: Platform,
    /// Whether its own status is ACTIVE.
    pub active: bool,
    /// When it is extended next, by itself.
    pub next_extension: Option<Moment>,
}

/// An account's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRef {
    /// The account.
    pub id: AccountId,
    /// Without the `@`.
    pub username: String,
}

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The entry.
    pub id: EntryId,
    /// What happened, when (the first time), and Meta's words (the latest).
    pub event: Event,
    /// How often, where it was more than once in a row.
    pub repeated: Option<Repeated>,
    /// Through what.
    pub trigger: Trigger,
    /// By whom, where it was a person.
    pub by: Option<String>,
}

/// A browser somebody is signed in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The session (never its secret).
    pub id: SessionId,
    /// What the browser calls itself.
    pub device: String,
    /// When it signed in.
    pub signed_in_at: Moment,
    /// When it was last seen.
    pub seen_at: Moment,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What became of a request to delete somebody's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionView {
    /// When Meta passed the request on.
    pub requested_at: Moment,
    /// When everything was deleted.
    pub done_at: Option<Moment>,
}
