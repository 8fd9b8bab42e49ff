//! The picture of a life: issued → now → expiry, with marks.

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::history::{Event, EventKind, Repeated};
use super::plan::{last_safe_moment, plan};
use super::status::status;
use crate::Moment;

/// What one horizontal bar shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeLine {
    /// The left end: when the string was issued, or an earlier mark.
    pub start: Moment,
    /// The right end: the expiry, or now where there is none.
    pub end: Moment,
    /// The moment the picture was drawn.
    pub now: Moment,
    /// Whether the flame is lit at `now`.
    pub lit: bool,
    /// What happened and what is planned, in the order of time.
    pub marks: Vec<Mark>,
}

/// One mark on the bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where.
    pub at: Moment,
    /// What.
    pub kind: MarkKind,
    /// How many of them stand for one here; 1 for most.
    pub times: u32,
}

/// The kinds of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MarkKind {
    /// The string was issued, or brought by a person.
    Issued,
    /// Meta gave it a longer life.
    Extended,
    /// A try that did not work.
    Failed,
    /// The token stopped working.
    Ended,
    /// A planned try.
    Planned,
    /// The last safe moment.
    LastSafe,
    /// The expiry.
    Expiry,
}

impl LifeLine {
    /// Draws the life of the current string, with what history tells of it.
    pub fn draw(facts: &Facts, history: &[(Event, Option<Repeated>)], now: Moment) -> Self {
        let start = facts.life.issued_at;
        let one = |at, kind| Mark { at, kind, times: 1 };
        let mut marks = vec![one(start, MarkKind::Issued)];
        marks.extend(history.iter().flat_map(past_marks).filter(|mark| mark.at > start));
        marks.extend(plan(facts, now).into_iter().map(|at| one(at, MarkKind::Planned)));
        if status(facts, now).is_active() {
            marks.extend(last_safe_moment(facts).map(|at| one(at, MarkKind::LastSafe)));
        }
        marks.extend(facts.deadline().map(|at| one(at, MarkKind::Expiry)));
        marks.sort_by_key(|mark| mark.at);
        let last = marks.last().map_or(now, |mark| mark.at);
        Self { start, end: last.max(now), now, lit: status(facts, now).is_active(), marks }
    }

    /// The same in fewer marks, for a list: the planned tries are one, the next.
    pub fn folded(mut self) -> Self {
        let planned = self.marks.iter().filter(|mark| mark.kind == MarkKind::Planned).count();
        let mut met = false;
        self.marks.retain_mut(|mark| {
            if mark.kind != MarkKind::Planned {
                return true;
            }
            mark.times = u32::try_from(planned).unwrap_or(u32::MAX);
            !std::mem::replace(&mut met, true)
        });
        self
    }

    /// Where a moment lies on the bar, in thousandths from the left.
    pub fn position(&self, at: Moment) -> u16 {
        let span = (self.end - self.start).num_seconds().max(1);
        let offset = (at - self.start).num_seconds().clamp(0, span);
        u16::try_from(offset.saturating_mul(1000) / span).unwrap_or(1000)
    }
}

/// What was told as one has a mark at each end.
fn past_marks((event, repeated): &(Event, Option<Repeated>)) -> impl Iterator<Item = Mark> + use<> {
    let kind = match event.kind {
        EventKind::Connected { .. } | EventKind::Reauthorised { .. } => Some(MarkKind::Issued),
        EventKind::Extended { .. } | EventKind::Recovered => Some(MarkKind::Extended),
        EventKind::ExtensionFailed { .. } => Some(MarkKind::Failed),
        EventKind::Ended { .. } | EventKind::Suspended { .. } | EventKind::PermissionMissing { .. } => {
            Some(MarkKind::Ended)
        }
        // Of one account, and not of the token.
        EventKind::Sharing { .. } | EventKind::TookOver { .. } => None,
    };
    let first = kind.map(|kind| Mark { at: event.at, kind, times: 1 });
    let last = kind.zip(*repeated).map(|(kind, Repeated { times, last_at })| Mark {
        at: last_at,
        kind,
        times: times.saturating_sub(1),
    });
    first.into_iter().chain(last)
}
