//! The refresh queue: the widgets of an account get the latest pictures.

use domain::id::{AccountId, TokenId};
use domain::widget::{Failure, Outcome, next_rebuild};
use sea_orm::DatabaseTransaction;

use super::Error;
use super::feeds::{self, Ask, Need};
use super::record::BY_ITSELF;
use super::views::day_of;
use crate::job::fetch::Fetch;
use crate::pulse::{Change, Written};
use crate::store::widget::Widget;
use crate::{Services, queue, store};

/// Rebuilds the widgets of an account: fetches its posts once for all of them,
/// writes down how that went, and plans the next time.
///
/// # Errors
/// Our own faults alone, what Meta refuses is a result; [`Error::AtWork`] when
/// somebody else is fetching the posts.
pub(crate) async fn account(s: &Services, account: AccountId) -> Result<(), Error> {
    let widgets = store::widget::of_account(s.db.reader(), account).await?;
    if widgets.is_empty() {
        return Ok(());
    }
    say(s, places(&widgets)).await?;
    let ask = Ask { since: s.clock.now(), need: Need::of(widgets), cause: BY_ITSELF };
    let outcome = match feeds::fetch(s, account, ask).await {
        Ok(Ok(())) => Outcome::Rebuilt,
        Ok(Err(failure)) => Outcome::Failed(failure),
        // The account is gone, and its widgets with it.
        Err(Error::NotFound) => return Ok(()),
        Err(Error::AtWork) => return Err(Error::AtWork),
        Err(error) => {
            tracing::error!(%account, error = &error as &dyn std::error::Error, "widgets could not be rebuilt");
            Outcome::Failed(Failure::Internal)
        }
    };
    settle(s, account, outcome).await
}

async fn settle(s: &Services, account: AccountId, outcome: Outcome) -> Result<(), Error> {
    let now = s.clock.now();
    let txn = s.db.begin_write().await?;
    let widgets = store::widget::of_account(&txn, account).await?;
    let not_before = store::feed::find(&txn, account).await?.not_before;
    let failures = widgets.iter().map(|widget| widget.failures.saturating_add(1)).max().unwrap_or(1);
    let next = next_rebuild(account, outcome, failures, not_before, now);
    store::widget::save_outcome(&txn, account, outcome, next, now).await?;
    for widget in &widgets {
        store::rebuild_day::add(&txn, widget.id, day_of(now), outcome).await?;
    }
    if !widgets.is_empty() {
        // `enqueue` and not `reschedule`: whoever asked in the meantime does not wait for the hour.
        queue::enqueue(&txn, &Fetch { account }, next).await?;
    }
    let written = s.pulse.write(&txn, places(&widgets), s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    Ok(())
}

/// Their places in the queue changed: they share one.
fn places(widgets: &[Widget]) -> Vec<Change> {
    widgets.iter().map(|widget| Change::Queue(widget.id)).collect()
}

/// Queues the widgets of an account, now.
pub(super) async fn queue_account(
    s: &Services,
    txn: &DatabaseTransaction,
    account: AccountId,
) -> Result<Vec<Change>, Error> {
    let widgets = store::widget::of_account(txn, account).await?;
    if !widgets.is_empty() {
        queue::enqueue(txn, &Fetch { account }, s.clock.now()).await?;
    }
    Ok(places(&widgets))
}

/// Queues every widget of these accounts: what their embeds show is as new as
/// the token that has just come.
pub(crate) async fn queue_accounts(
    s: &Services,
    txn: &DatabaseTransaction,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<Written, Error> {
    let mut changes = Vec::new();
    for account in accounts {
        changes.extend(queue_account(s, txn, account).await?);
    }
    Ok(s.pulse.write(txn, changes, s.wall.now()).await?)
}

/// As [`queue_accounts`], for everything that lives by a token.
pub(crate) async fn queue_token(s: &Services, txn: &DatabaseTransaction, token: TokenId) -> Result<Written, Error> {
    let accounts = store::account::of_token(txn, token).await?;
    queue_accounts(s, txn, accounts.into_iter().map(|account| account.id)).await
}

/// Tells everybody, in a transaction of its own.
pub(crate) async fn say(s: &Services, changes: Vec<Change>) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let txn = s.db.begin_write().await?;
    let written = s.pulse.write(&txn, changes, s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    Ok(())
}
