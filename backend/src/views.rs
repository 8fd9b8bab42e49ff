//! How often widgets were loaded, counted in memory until it is written down.
//! No address, no cookie, nothing about a visitor.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::WidgetId;

/// The longest host name there is.
const LONGEST_SITE: usize = 253;
/// So many sites of a widget are told apart between two writes.
const MOST_SITES: usize = 200;

/// By widget and site.
pub(crate) type Counts = HashMap<WidgetId, HashMap<Box<str>, u64>>;

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

    /// What was counted since the last time.
    pub(crate) fn take(&self) -> Counts {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts again what could not be written down.
    pub(crate) fn put_back(&self, counts: Counts) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (widget, sites) in counts {
            for (site, views) in sites {
                *now.entry(widget).or_default().entry(site).or_default() += views;
            }
        }
    }
}
