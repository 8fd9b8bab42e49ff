//! How often widgets are loaded: counted in memory, written down now and then.
//! No address, no cookie, nothing about a visitor.

use std::time::Duration;

use chrono::TimeDelta;
use domain::Moment;

use crate::views::Counts;
use crate::{Error, Services, store};

const WRITE_EVERY: Duration = Duration::from_secs(5);

/// Writes views down until the end of the process.
pub async fn keep_writing(s: Services) {
    loop {
        tokio::time::sleep(WRITE_EVERY).await;
        if let Err(error) = write(&s).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "views could not be written down; they are kept");
        }
    }
}

/// Writes down what was counted since the last time.
///
/// # Errors
/// A failing database; nothing is lost.
pub async fn write(s: &Services) -> Result<(), Error> {
    let counts = s.views.take();
    if counts.is_empty() {
        return Ok(());
    }
    let result = write_counts(s, &counts).await;
    if result.is_err() {
        s.views.put_back(counts);
    }
    result
}

async fn write_counts(s: &Services, counts: &Counts) -> Result<(), Error> {
    let today = day_of(s.clock.now());
    let views = counts
        .iter()
        .flat_map(|(widget, sites)| sites.iter().map(|(site, views)| (*widget, site.to_string(), *views)))
        .collect();
    let txn = s.db.begin_write().await?;
    store::view_day::add(&txn, today, views).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The beginning of a day (UTC).
pub(crate) fn day_of(at: Moment) -> Moment {
    let since_midnight = at.timestamp().rem_euclid(24 * 60 * 60);
    let midnight = at - TimeDelta::seconds(since_midnight);
    midnight - TimeDelta::nanoseconds(i64::from(midnight.timestamp_subsec_nanos()))
}

/// The first of the last 30 days, of which the last is today.
pub(crate) fn thirty_days(now: Moment) -> Moment {
    day_of(now) - TimeDelta::days(29)
}
