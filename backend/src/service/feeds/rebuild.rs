//! The refresh queue: the widgets of an account get the latest pictures.

use domain::id::AccountId;
use domain::widget::{Failure, Outcome, next_rebuild};

use crate::event::{Event, Kind};
use crate::service::feeds::{self, Ask, Need};
use crate::service::views::day_of;
use crate::task::Fetch;
use crate::work::Actor;
use crate::{Error, Services, queue, store};

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
    let mut work = s.begin(&Actor::SYSTEM).await?;
    work.tell(Event::of_account(Kind::Rebuilding, account));
    work.commit().await?;
    let ask = Ask { since: s.clock.now(), need: Need::of(widgets), actor: Actor::SYSTEM };
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
    let mut work = s.begin(&Actor::SYSTEM).await?;
    let (db, now) = (work.db(), work.now());
    let widgets = store::widget::of_account(db, account).await?;
    let not_before = store::feed::find(db, account).await?.not_before;
    let failures = widgets.iter().map(|widget| widget.failures.saturating_add(1)).max().unwrap_or(1);
    let next = next_rebuild(account, outcome, failures, not_before, now);
    store::widget::save_outcome(db, account, outcome, next, now).await?;
    for widget in &widgets {
        store::rebuild_day::add(db, widget.id, day_of(now), outcome).await?;
    }
    if !widgets.is_empty() {
        // `enqueue` and not `reschedule`: whoever asked in the meantime does not wait for the hour.
        queue::enqueue(db, &Fetch { account }, next).await?;
    }
    work.tell(Event::of_account(Kind::Rebuilt, account));
    work.commit().await
}
