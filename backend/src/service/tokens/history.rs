//! What happened to a token, as its pages tell it.

use domain::Moment;
use domain::id::{EntryId, TokenId};
use domain::page::{ONE_MORE, Page};
use domain::view::HistoryEntry;

use crate::{Error, Services, store};

/// As many of the newest entries as the picture of a life shows.
const DRAWN: u64 = 100;

/// What happened to a token.
pub(in crate::service) struct History {
    /// The newest, from which its life is drawn.
    pub newest: Vec<HistoryEntry>,
    /// Those that are listed.
    pub page: Page<HistoryEntry>,
}

/// The page of a token's history that begins after this entry, or with the newest.
pub(in crate::service) async fn of(
    s: &Services,
    token: TokenId,
    after: Option<EntryId>,
    now: Moment,
) -> Result<History, Error> {
    let db = s.db.reader();
    let newest = store::history::newest(db, token, DRAWN).await?;
    let mut found = match after {
        Some(entry) => store::history::before(db, token, entry, ONE_MORE).await?,
        None => Vec::new(),
    };
    if found.is_empty() {
        // Asked from the beginning, or what the page before ended with is gone.
        found.clone_from(&newest);
    }
    let total = store::history::count(db, token).await?;
    Ok(History { newest, page: Page::cut(found, |entry| entry.id.to_string(), total, now) })
}
