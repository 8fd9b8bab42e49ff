//! The refresh queue: a widget gets the latest pictures.

use domain::Moment;
use domain::id::{AccountId, TokenId, WidgetId};
use domain::widget::{Failure, Outcome, next_rebuild};
use sea_orm::DatabaseTransaction;

use super::Error;
use super::feeds::{self, Ask, Need};
use super::views::day_of;
use crate::job::rebuild::Rebuild;
use crate::pulse::{Change, Written};
use crate::store::widget::Widget;
use crate::{Services, queue, store};

/// Rebuilds a widget: makes sure that its account's posts were fetched since
/// `asked_at`, writes down how that went, and plans the next time.
///
/// # Errors
/// Our own faults alone; what Meta refuses is a result.
pub(crate) async fn rebuild(s: &Services, id: WidgetId, asked_at: Moment) -> Result<(), Error> {
    let Some(widget) = store::widget::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    say(s, vec![Change::Queue(id)]).await?;
    let siblings = store::widget::of_account(s.db.reader(), widget.account).await?;
    let ask = Ask { since: asked_at, need: Need::of(&siblings), cause: feeds::BY_ITSELF };
    let outcome = match feeds::fetch(s, widget.account, ask).await {
        Ok(Ok(())) => Outcome::Rebuilt,
        Ok(Err(failure)) => Outcome::Failed(failure),
        // The account is gone, and the widget with it.
        Err(Error::NotFound) => return Ok(()),
        Err(error) => {
            tracing::error!(widget = %id, error = &error as &dyn std::error::Error, "a widget could not be rebuilt");
            Outcome::Failed(Failure::Internal)
        }
    };
    settle(s, widget, outcome).await
}

async fn settle(s: &Services, seen: Widget, outcome: Outcome) -> Result<(), Error> {
    let now = s.clock.now();
    let txn = s.db.begin_write().await?;
    let not_before = store::feed::find(&txn, seen.account).await?.not_before;
    let failures = if outcome == Outcome::Rebuilt { 0 } else { seen.failures.saturating_add(1) };
    let widget = Widget {
        rebuilt_at: if outcome == Outcome::Rebuilt { Some(now) } else { seen.rebuilt_at },
        failed: match outcome {
            Outcome::Rebuilt => None,
            Outcome::Failed(failure) => Some((now, failure)),
        },
        failures,
        next_rebuild_at: next_rebuild(seen.id, outcome, failures, not_before, now),
        ..seen
    };
    store::widget::save_outcome(&txn, &widget).await?;
    store::rebuild_day::add(&txn, widget.id, day_of(now), outcome).await?;
    let job = Rebuild { widget: widget.id, asked_at: widget.next_rebuild_at };
    // `enqueue` and not `reschedule`: whoever asked in the meantime does not wait for the hour.
    queue::enqueue(&txn, &job, widget.next_rebuild_at).await?;
    let written = s.pulse.write(&txn, vec![Change::Queue(widget.id)], s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    Ok(())
}

/// Queues every widget of these accounts: what their embeds show is as new as
/// the token that has just come.
pub(crate) async fn queue_accounts(
    s: &Services,
    txn: &DatabaseTransaction,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<Written, Error> {
    let now = s.clock.now();
    let mut changes = Vec::new();
    for account in accounts {
        for widget in store::widget::of_account(txn, account).await? {
            queue::enqueue(txn, &Rebuild { widget: widget.id, asked_at: now }, now).await?;
            changes.push(Change::Queue(widget.id));
        }
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
