//! What was asked of the sandbox, for tests that count and people who look. Kept in memory only.

use crate::{cast::Platform, meta::Endpoint};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

/// How many calls are remembered one by one; the counters go on.
const REMEMBERED: usize = 500;

/// A call that was received.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CallRecord {
    pub number: u64,
    pub at: DateTime<Utc>,
    pub endpoint: Endpoint,
    pub method: String,
    /// Without the query: it holds secrets.
    pub path: String,
    pub platform: Option<Platform>,
    /// The owner of the token or code.
    pub username: Option<String>,
    /// The HTTP status answered; `None` while the call runs or when it got none.
    pub status: Option<u16>,
    /// The fault that struck.
    pub fault: Option<String>,
}

/// The memory of calls.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    last: u64,
    pub recent: VecDeque<CallRecord>,
    pub counters: BTreeMap<Endpoint, u64>,
}

impl Calls {
    /// Notes a call and returns its number.
    pub(crate) fn note(&mut self, mut record: CallRecord) -> u64 {
        self.last += 1;
        record.number = self.last;
        *self.counters.entry(record.endpoint).or_default() += 1;
        self.recent.push_back(record);
        if self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
        self.last
    }

    /// Adds how a call ended.
    pub(crate) fn finish(&mut self, number: u64, status: Option<u16>, fault: Option<String>) {
        if let Some(record) = self.recent.iter_mut().rev().find(|record| record.number == number) {
            record.status = status;
            record.fault = fault;
        }
    }

    /// Forgets everything but the numbering.
    pub(crate) fn clear(&mut self) {
        self.recent.clear();
        self.counters.clear();
    }
}
