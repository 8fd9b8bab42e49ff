//! How an answer of Meta changes the facts, and what history says of it.

use chrono::TimeDelta;

use super::facts::{Doubt, Ending, Facts, Failure, Life, MetaAnswer, Question, Suspension, Try};
use super::history::{Event, EventKind};
use super::status::{Cause, Status, status};
use super::{Death, SuspensionKind};
use crate::Moment;
use crate::platform::Platform;

/// An unnamed refusal is confirmed by a second one to the other question, so
/// much later at the earliest: troubles of Meta's own seldom last longer, and a
/// wrong verdict costs a person a trip to the consent page.
pub const CONFIRMED_AFTER: TimeDelta = TimeDelta::hours(6);
/// Ends that lie nearer to each other are the same, rounded differently.
const SAME_END: TimeDelta = TimeDelta::minutes(5);

/// A token that Meta has just handed out: its life, and nothing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// When the new string expires; `None` when Meta named no end.
    pub expires_at: Option<Moment>,
    /// Facebook only: when access to data ends.
    pub data_access_expires_at: Option<Moment>,
}

impl Grant {
    fn life(self, now: Moment) -> Life {
        Life { issued_at: now, expires_at: self.expires_at, data_access_expires_at: self.data_access_expires_at }
    }
}

/// What Meta's refusal says about the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Explicitly dead.
    Dead(Death),
    /// Refused as dead, for no reason we know: a second such answer decides.
    Doubtful(Death),
    /// Refused until the person has done something; the string may live again.
    Suspended(SuspensionKind),
    /// Alive, but permissions are missing. Who refuses may not name them.
    PermissionMissing,
    /// Nothing: the fault lies elsewhere. Changes nothing but the next try.
    Unknown(Failure),
}

/// A refused call, in our words and Meta's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it says about the token.
    pub verdict: Verdict,
    /// The missing permissions, where Meta named them.
    pub missing_scopes: Vec<String>,
    /// Meta's words.
    pub said: Option<MetaAnswer>,
    /// Meta's own "come back in", as a moment.
    pub not_before: Option<Moment>,
}

/// Something that was seen of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// A person brought a new string through the consent page.
    Consented(Grant),
    /// Meta answered an extension.
    Extended(Grant),
    /// A call with the token worked.
    Worked,
    /// An extension was refused.
    ExtensionRefused(Refusal),
    /// A call with the token was refused.
    CheckRefused(Refusal),
    /// A signed callback said that the person removed the app.
    Revoked,
    /// The clock passed the end.
    ClockPassedEnd,
}

/// The facts after an observation, and what history says of it.
pub fn observe(facts: &Facts, observation: Observation, now: Moment) -> (Facts, Vec<Event>) {
    match observation {
        Observation::Consented(grant) => consented(facts, grant, now),
        Observation::Extended(grant) => extended(facts, grant, now),
        Observation::Worked => worked(facts, now),
        Observation::ExtensionRefused(refusal) => refused(facts, refusal, Question::Extension, now),
        Observation::CheckRefused(refusal) => refused(facts, refusal, Question::Use, now),
        Observation::Revoked => ended(facts.clone(), Death::AppRemoved, None, now),
        Observation::ClockPassedEnd => (facts.clone(), end_by_clock(facts, now).into_iter().collect()),
    }
}

/// The facts and the history of a first connection.
pub fn connected(platform: Platform, grant: Grant, now: Moment) -> (Facts, Vec<Event>) {
    let facts = Facts::granted(platform, grant.life(now), now);
    (facts, vec![event(now, EventKind::Connected { expires_at: grant.expires_at }, None)])
}

fn event(at: Moment, kind: EventKind, said: Option<MetaAnswer>) -> Event {
    Event { at, kind, said }
}

fn consented(facts: &Facts, grant: Grant, now: Moment) -> (Facts, Vec<Event>) {
    let healed = !status(facts, now).is_active();
    let kind = EventKind::Reauthorised { expires_at: grant.expires_at, healed };
    let mut events: Vec<Event> = end_by_clock(facts, now).into_iter().collect();
    events.push(event(now, kind, None));
    (Facts::granted(facts.platform, grant.life(now), now), events)
}

/// A 200 whose expiry is not later is "no change": before 24 hours, and on
/// Facebook now and then later as well, Meta answers with the remaining life.
/// Either way the token works.
fn extended(facts: &Facts, grant: Grant, now: Moment) -> (Facts, Vec<Event>) {
    let (mut facts, mut events) = worked(facts, now);
    let (old, new) = (facts.life.expires_at, grant.expires_at);
    facts.life.data_access_expires_at = grant.data_access_expires_at.or(facts.life.data_access_expires_at);
    if old.zip(new).is_none_or(|(old, new)| new > old + SAME_END) {
        facts.life.issued_at = now;
        facts.life.expires_at = new;
        facts.failed_extension = None;
        events.push(event(now, EventKind::Extended { expires_at: new }, None));
    } else {
        // The string that came is kept, so its end is the one that counts.
        facts.life.expires_at = old.zip(new).map(|(old, new)| if new < old - SAME_END { new } else { old });
        facts.failed_extension =
            Some(failed(facts.failed_extension.as_ref(), Some(Failure::NotExtended), None, None, now));
        events.push(event(now, EventKind::ExtensionFailed { failure: Failure::NotExtended }, None));
    }
    (facts, events)
}

fn worked(facts: &Facts, now: Moment) -> (Facts, Vec<Event>) {
    let mut next = facts.clone();
    next.last_success_at = Some(now);
    next.suspension = None;
    next.doubt = None;
    next.missing_scopes = Vec::new();
    next.failed_check = None;
    let recovered =
        matches!(status(facts, now), Status::NotActive(Cause::Suspended { .. } | Cause::PermissionMissing { .. }));
    (next, recovered.then(|| event(now, EventKind::Recovered, None)).into_iter().collect())
}

fn refused(facts: &Facts, refusal: Refusal, question: Question, now: Moment) -> (Facts, Vec<Event>) {
    let Refusal { verdict, missing_scopes, said, not_before } = refusal;
    let failure = match verdict {
        Verdict::Unknown(failure) => Some(failure),
        Verdict::Doubtful(_) => Some(Failure::Unclear),
        Verdict::Dead(_) | Verdict::Suspended(_) | Verdict::PermissionMissing => None,
    };
    let mut next = facts.clone();
    let failures = match question {
        Question::Extension => &mut next.failed_extension,
        Question::Use => &mut next.failed_check,
    };
    *failures = Some(failed(failures.as_ref(), failure, said.clone(), not_before, now));
    match verdict {
        Verdict::Dead(death) => ended(next, death, said, now),
        Verdict::Doubtful(_) if is_dead(facts, now) => (next, Vec::new()),
        Verdict::Doubtful(death) => doubted(next, death, question, said, now),
        Verdict::Suspended(kind) => {
            let known = facts.suspension.as_ref().is_some_and(|suspension| suspension.kind == kind);
            if known || is_dead(facts, now) {
                return (next, Vec::new());
            }
            next.doubt = None;
            next.suspension = Some(Suspension { kind, since: now, said: said.clone() });
            (next, vec![event(now, EventKind::Suspended { suspension: kind }, said)])
        }
        Verdict::PermissionMissing => {
            let known = !facts.missing_scopes.is_empty() && facts.suspension.is_none();
            if known || is_dead(facts, now) {
                return (next, Vec::new());
            }
            next.doubt = None;
            // Meta says this of a token that it reads: the check is over.
            next.suspension = None;
            if next.missing_scopes.is_empty() {
                // Where Meta names none, it is the first of the set: the one
                // without which nothing works.
                let named = (!missing_scopes.is_empty()).then_some(missing_scopes);
                let first = || facts.platform.scopes().iter().take(1).map(|scope| (*scope).to_owned()).collect();
                next.missing_scopes = named.unwrap_or_else(first);
            }
            let scopes = next.missing_scopes.clone();
            (next, vec![event(now, EventKind::PermissionMissing { scopes }, said)])
        }
        Verdict::Unknown(failure) => (next, failed_extension(question, failure, said, now)),
    }
}

/// The first unnamed refusal is remembered. One to the other question, later,
/// confirms it.
fn doubted(
    mut facts: Facts,
    death: Death,
    question: Question,
    said: Option<MetaAnswer>,
    now: Moment,
) -> (Facts, Vec<Event>) {
    let Some(doubt) = &facts.doubt else {
        facts.doubt = Some(Doubt { death, question, since: now, said: said.clone() });
        return (facts, failed_extension(question, Failure::Unclear, said, now));
    };
    if doubt.question == question || now < doubt.since + CONFIRMED_AFTER {
        return (facts, failed_extension(question, Failure::Unclear, said, now));
    }
    // The more telling of the two names it.
    let death = if doubt.death == Death::Unnamed { death } else { doubt.death };
    ended(facts, death, said, now)
}

/// What history says of a failure: checks are many, and change nothing.
fn failed_extension(question: Question, failure: Failure, said: Option<MetaAnswer>, now: Moment) -> Vec<Event> {
    let told = question == Question::Extension;
    told.then(|| event(now, EventKind::ExtensionFailed { failure }, said)).into_iter().collect()
}

/// A death has one cause: the first. What the clock ended before stays an expiry.
fn ended(mut facts: Facts, death: Death, said: Option<MetaAnswer>, now: Moment) -> (Facts, Vec<Event>) {
    if facts.ending.is_some() {
        return (facts, Vec::new());
    }
    if let Some(by_clock) = end_by_clock(&facts, now) {
        return (facts, vec![by_clock]);
    }
    facts.ending = Some(Ending { death, at: now, said: said.clone() });
    (facts, vec![event(now, EventKind::Ended { death }, said)])
}

fn is_dead(facts: &Facts, now: Moment) -> bool {
    matches!(status(facts, now), Status::NotActive(Cause::Dead { .. }))
}

/// The entry for an end that the clock brought, dated at that end.
fn end_by_clock(facts: &Facts, now: Moment) -> Option<Event> {
    match status(facts, now) {
        Status::NotActive(Cause::Dead { death, since }) if facts.ending.is_none() => {
            Some(event(since, EventKind::Ended { death }, None))
        }
        _ => None,
    }
}

fn failed(
    before: Option<&Try>,
    failure: Option<Failure>,
    said: Option<MetaAnswer>,
    not_before: Option<Moment>,
    now: Moment,
) -> Try {
    let moved_nothing = u32::from(failure == Some(Failure::NotExtended));
    Try {
        at: now,
        count: before.map_or(1, |before| before.count.saturating_add(1)),
        not_before,
        since: before.map_or(Some(now), |before| before.since.or(Some(before.at))),
        failure,
        moved_nothing: before.map_or(0, |before| before.moved_nothing).saturating_add(moved_nothing),
        said,
    }
}
