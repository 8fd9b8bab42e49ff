//! The refresh queue as people see it.

use std::collections::{BTreeSet, HashMap};

use domain::id::AccountId;
use domain::view::{Me, QueueEntry, QueueState, QueueView};

use crate::queue::{Standing, standing};
use crate::store::widget::Widget;
use crate::task::Fetch;
use crate::{Error, Services, store};

/// The refresh queue of this person's widgets.
///
/// # Errors
/// Only when the database fails.
pub async fn of_person(s: &Services, me: &Me) -> Result<QueueView, Error> {
    let db = s.db.reader();
    let widgets = store::widget::list_of_member(db, me.id).await?;
    let standings = standings(s, widgets.iter().map(|widget| widget.account)).await?;
    let accounts: HashMap<_, _> = store::account::list_of_member(db, me.id)
        .await?
        .into_iter()
        .map(|(account, _)| (account.id, account.username))
        .collect();
    let mut entries: Vec<QueueEntry> = widgets
        .iter()
        .map(|widget| QueueEntry {
            widget: widget.id,
            title: widget.settings.title.as_str().to_owned(),
            username: accounts.get(&widget.account).cloned().unwrap_or_default(),
            state: state(widget, standings.get(&widget.account)),
            next: Some(widget.next_rebuild_at),
        })
        .collect();
    entries.sort_by_key(|entry| match entry.state {
        QueueState::Running => 0,
        QueueState::Waiting { position } => position.max(1),
        _ => u32::MAX,
    });
    Ok(QueueView { entries, now: s.clock.now() })
}

/// Where the jobs of these accounts stand.
pub(super) async fn standings(
    s: &Services,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, Standing>, Error> {
    let accounts: BTreeSet<AccountId> = accounts.into_iter().collect();
    let jobs: Vec<Fetch> = accounts.into_iter().map(|account| Fetch { account }).collect();
    let found = standing(s.db.reader(), &jobs, s.clock.now()).await?;
    Ok(found.into_iter().filter_map(|(key, standing)| Some((key.parse().ok()?, standing))).collect())
}

/// What the job says, where it waits or runs; otherwise how the last rebuild ended.
pub(super) fn state(widget: &Widget, standing: Option<&Standing>) -> QueueState {
    match (standing, widget.failed, widget.rebuilt_at) {
        (Some(Standing::Running), ..) => QueueState::Running,
        (Some(Standing::Due { position }), ..) => QueueState::Waiting { position: *position },
        (_, Some((at, failure)), _) => QueueState::Failed { at, failure },
        (_, None, Some(at)) => QueueState::Done { at },
        (_, None, None) => QueueState::Never,
    }
}
