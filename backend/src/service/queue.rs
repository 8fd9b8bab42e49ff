//! The refresh queue as people see it.

use std::collections::{BTreeSet, HashMap};

use domain::id::{AccountId, WidgetId};
use domain::member::Right;
use domain::page::ENTRIES;
use domain::view::{Me, QueueEntry, QueueState, QueueView};

use crate::queue::{Job, Standing, standing};
use crate::store::widget::Widget;
use crate::task::Fetch;
use crate::{Error, Services, store, work};

/// The refresh queue of this person's widgets.
///
/// # Errors
/// Only when the database fails.
pub async fn of_person(s: &Services, me: &Me) -> Result<QueueView, Error> {
    let now = s.clock.now();
    let queue = store::widget_list::queue(s.db.reader(), me.id, Fetch::KIND, ENTRIES as u64, now).await?;
    let standings = standings(s, queue.shown.iter().map(|(widget, _)| widget.account)).await?;
    let entry = |(widget, username): (Widget, String)| {
        let standing = standings.get(&widget.account);
        entry(&widget, username, standing)
    };
    Ok(QueueView {
        entries: queue.shown.into_iter().map(entry).collect(),
        total: queue.all,
        busy: queue.busy,
        failed: queue.failed,
        now,
    })
}

/// Where one widget stands.
///
/// # Errors
/// [`Error::NotFound`] for a widget of somebody else's account.
pub async fn of_widget(s: &Services, me: &Me, widget: WidgetId) -> Result<QueueView, Error> {
    let db = s.db.reader();
    let widget = work::widget(db, me.id, widget, Right::See).await?.into_inner();
    let (account, _) = store::account::with_its_token(db, widget.account).await?.ok_or(Error::NotFound)?;
    let standings = standings(s, [widget.account]).await?;
    let entry = entry(&widget, account.username, standings.get(&widget.account));
    let busy = matches!(entry.state, QueueState::Waiting { .. } | QueueState::Running);
    let failed = matches!(entry.state, QueueState::Failed { .. });
    Ok(QueueView { entries: vec![entry], total: 1, busy: busy.into(), failed: failed.into(), now: s.clock.now() })
}

fn entry(widget: &Widget, username: String, standing: Option<&Standing>) -> QueueEntry {
    QueueEntry {
        widget: widget.id,
        title: widget.settings.title.as_str().to_owned(),
        username,
        state: state(widget, standing),
        next: Some(widget.next_rebuild_at),
    }
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
