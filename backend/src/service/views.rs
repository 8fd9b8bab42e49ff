//! How often widgets are loaded: counted in memory, written down now and then.
//! No address, no cookie, nothing about a visitor.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use domain::Moment;
use domain::id::WidgetId;

use super::Error;
use crate::{Services, store};

const WRITE_EVERY: Duration = Duration::from_secs(5);
/// The longest host name there is.
const LONGEST_SITE: usize = 253;
/// So many sites of a widget are told apart between two writes.
const MOST_SITES: usize = 200;

type Counts = HashMap<WidgetId, HashMap<Box<str>, u64>>;

/// The views that are not written down yet. Cheap to clone.
#[derive(Clone, Default)]
pub struct Views(Arc<Mutex<Counts>>);

impl fmt::Debug for Views {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Views")
    }
}

impl Views {
    /// One more view; `site` is the host of the website, or empty where the
    /// browser does not tell.
    pub fn count(&self, widget: WidgetId, site: &str) {
        let site = if site.len() > LONGEST_SITE { "" } else { site };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sites = counts.entry(widget).or_default();
        let site = if sites.len() < MOST_SITES || sites.contains_key(site) { site } else { "" };
        // `entry` would want an owned name at every view.
        match sites.get_mut(site) {
            Some(views) => *views += 1,
            None => drop(sites.insert(site.into(), 1)),
        }
    }

    fn take(&self) -> Counts {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, counts: Counts) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (widget, sites) in counts {
            for (site, views) in sites {
                *now.entry(widget).or_default().entry(site).or_default() += views;
            }
        }
    }
}

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
