//! The sweep: restores what must always be true, and forgets what has had its time.

use chrono::TimeDelta;

use crate::queue::Job as _;
use crate::service::people::leaving;
use crate::service::views::day_of;
use crate::service::{outbox, people};
use crate::task::{Fetch, Tend};
use crate::work::Actor;
use crate::{Error, Services, pulse, queue, store};

const SWEPT_AT_ONCE: u64 = 1000;
/// Longer than the pause between two sweeps.
const SWEPT_AHEAD: TimeDelta = TimeDelta::minutes(30);
const FLOWS_KEPT: TimeDelta = TimeDelta::days(1);
const BUCKETS_KEPT: TimeDelta = TimeDelta::days(1);
/// Three times what any page shows.
const DAYS_KEPT: TimeDelta = TimeDelta::days(90);

/// Gives every token that a machine can help, and every widget, its job back,
/// and forgets what has had its time.
///
/// # Errors
/// A failing database.
pub(crate) async fn sweep(s: &Services) -> Result<(), Error> {
    // What is not due yet is looked at when it is: the cost is that of what is due, however many there are.
    let soon = s.clock.now() + SWEPT_AHEAD;
    for token in store::token::due_without_job(s.db.reader(), Tend::KIND, soon, SWEPT_AT_ONCE).await? {
        tracing::warn!(token = %token.id, "a token had lost its job; it has one again");
        let txn = s.db.begin_write().await?;
        queue::enqueue(&txn, &Tend { token: token.id }, token.next_step_at.unwrap_or_else(|| s.clock.now())).await?;
        txn.commit().await.map_err(store::Error::from)?;
    }
    for id in store::token::unturned(s.db.reader(), SWEPT_AT_ONCE).await? {
        let work = s.begin(&Actor::SYSTEM).await?;
        if let Some(token) = store::token::find_to_change(work.db(), id).await? {
            store::token::update(work.db(), &token, work.now()).await?;
        }
        work.commit().await?;
    }
    for (account, next) in
        store::widget::accounts_due_without_job(s.db.reader(), Fetch::KIND, soon, SWEPT_AT_ONCE).await?
    {
        tracing::warn!(%account, "an account with widgets had lost its job; it has one again");
        let txn = s.db.begin_write().await?;
        queue::enqueue(&txn, &Fetch { account }, next).await?;
        txn.commit().await.map_err(store::Error::from)?;
    }
    forget_old_days(s).await?;
    pulse::forget_old(&s.db, s.wall.now()).await?;
    let now = s.wall.now();
    people::forget_old_sessions(&s.db, now).await?;
    outbox::sweep(s).await?;
    leaving::let_go(s).await?;
    store::flow::delete_expired(&s.db, now - FLOWS_KEPT).await?;
    store::bucket::delete_untouched(&s.db, now - BUCKETS_KEPT).await?;
    Ok(())
}

async fn forget_old_days(s: &Services) -> Result<(), Error> {
    let before = day_of(s.clock.now() - DAYS_KEPT);
    store::view_day::delete_before(&s.db, before).await?;
    store::rebuild_day::delete_before(&s.db, before).await?;
    Ok(())
}
