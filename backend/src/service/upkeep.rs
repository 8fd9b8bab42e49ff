//! What the worker does for a token by itself: extend, check, note an expiry;
//! and the sweep that restores what must always be true.

use chrono::TimeDelta;
use domain::id::TokenId;
use domain::token::agenda::{Step, next_step};
use domain::token::{Observation, status};

use super::lock::Patience;
use super::people::leaving;
use super::views::day_of;
use super::{extension, lock, names, outbox, people, sharing, string};
use crate::meta::{Seen, Whose};
use crate::queue::Job;
use crate::store::token::TokenRow;
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

/// Takes the step that is due, if one is, and plans the next.
///
/// # Errors
/// A failing database, or a token that cannot be opened; [`Error::AtWork`]
/// when somebody else has it. Meta's refusals are no errors: they are written down.
pub(crate) async fn tend(s: &Services, id: TokenId) -> Result<(), Error> {
    let Some(seen) = store::token::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    let work = tend_alone(s.clone(), id);
    lock::on_token(s, seen.facts.platform, &seen.user_id, Patience::None, work).await
}

async fn tend_alone(s: Services, id: TokenId) -> Result<(), Error> {
    let Some(token) = store::token::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    let now = s.clock.now();
    match next_step(&token.facts, token.noted_expiry, now) {
        Some((at, step)) if at <= now => take(&s, token, step).await,
        Some((at, _)) => {
            let txn = s.db.begin_write().await?;
            queue::reschedule(&txn, &Tend { token: id }, at).await?;
            Ok(txn.commit().await.map_err(store::Error::from)?)
        }
        None => Ok(()),
    }
}

/// Uses a living token once, whenever the next check is due.
///
/// # Errors
/// As [`tend`].
pub(crate) async fn look(s: &Services, id: TokenId) -> Result<(), Error> {
    let Some(seen) = store::token::find(s.db.reader(), id).await? else {
        return Ok(());
    };
    let work = look_alone(s.clone(), id);
    lock::on_token(s, seen.facts.platform, &seen.user_id, Patience::None, work).await
}

async fn look_alone(s: Services, id: TokenId) -> Result<(), Error> {
    match store::token::find(s.db.reader(), id).await? {
        Some(token) if status(&token.facts, s.clock.now()).is_active() => take(&s, token, Step::Check).await,
        _ => Ok(()),
    }
}

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

async fn take(s: &Services, token: TokenRow, step: Step) -> Result<(), Error> {
    let (observation, seen) = match step {
        Step::Extend => return extension::ask_and_save(s, token, &Actor::SYSTEM).await.map(|_| ()),
        Step::Check => check(s, &token).await?,
        Step::NoteExpiry => (Observation::ClockPassedEnd, Vec::new()),
    };
    string::observed(s, &token, &observation, &Actor::SYSTEM).await?;
    sharing::told(s, &token, &seen, &Actor::SYSTEM).await?;
    names::told(s, &token, &seen, &Actor::SYSTEM).await
}

async fn check(s: &Services, token: &TokenRow) -> Result<(Observation, Vec<Seen>), Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    let answer = match s.meta.of(token.facts.platform) {
        Ok(provider) => provider.check(&secret, &whose(s, token).await?).await,
        Err(not_configured) => Err(not_configured),
    };
    Ok(match answer {
        Ok(seen) => (Observation::Worked, seen),
        Err(error) => (Observation::CheckRefused(error.refusal(s.clock.now())), Vec::new()),
    })
}

async fn whose(s: &Services, token: &TokenRow) -> Result<Whose, Error> {
    let mut accounts = store::account::of_token(s.db.reader(), token.id).await?;
    accounts.extend(store::spare::accounts_of(s.db.reader(), token.id).await?);
    let accounts = accounts.into_iter().map(|account| account.instagram_id).collect();
    Ok(Whose { user_id: token.user_id.clone(), accounts })
}
