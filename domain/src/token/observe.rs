//! How an answer of Meta changes the facts, and what history says of it.

use super::facts::{Ending, Facts, Life, MetaAnswer, Suspension, Try};
use super::history::{Event, EventKind, Failure};
use super::status::{Cause, Status, status};
use super::{Death, SuspensionKind};
use crate::Moment;
use crate::platform::Platform;

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
        Observation::ExtensionRefused(refusal) => refused(facts, refusal, true, now),
        Observation::CheckRefused(refusal) => refused(facts, refusal, false, now),
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

/// A 200 whose expiry is not later is "no change": before 24 hours Meta may
/// answer with the remaining life. A new end also shows that the token works.
fn extended(facts: &Facts, grant: Grant, now: Moment) -> (Facts, Vec<Event>) {
    let longer = match (facts.life.expires_at, grant.expires_at) {
        (Some(old), Some(new)) => new > old + chrono::TimeDelta::minutes(5),
        (_, None) | (None, Some(_)) => true,
    };
    let (mut facts, mut events) = worked(facts, now);
    if longer {
        facts.life.issued_at = now;
        facts.life.expires_at = grant.expires_at;
        facts.life.data_access_expires_at = grant.data_access_expires_at.or(facts.life.data_access_expires_at);
        facts.failed_extension = None;
        events.push(event(now, EventKind::Extended { expires_at: grant.expires_at }, None));
    } else {
        facts.failed_extension = Some(failed(facts.failed_extension, None, now));
        events.push(event(now, EventKind::ExtensionFailed { failure: Failure::NotExtended }, None));
    }
    (facts, events)
}

fn worked(facts: &Facts, now: Moment) -> (Facts, Vec<Event>) {
    let mut next = facts.clone();
    next.last_success_at = Some(now);
    next.suspension = None;
    next.missing_scopes = Vec::new();
    next.failed_check = None;
    let recovered =
        matches!(status(facts, now), Status::NotActive(Cause::Suspended { .. } | Cause::PermissionMissing { .. }));
    (next, recovered.then(|| event(now, EventKind::Recovered, None)).into_iter().collect())
}

fn refused(facts: &Facts, refusal: Refusal, extending: bool, now: Moment) -> (Facts, Vec<Event>) {
    let Refusal { verdict, missing_scopes, said, not_before } = refusal;
    let mut next = facts.clone();
    let failures = if extending { &mut next.failed_extension } else { &mut next.failed_check };
    *failures = Some(failed(*failures, not_before, now));
    match verdict {
        Verdict::Dead(death) => ended(next, death, said, now),
        Verdict::Suspended(kind) => {
            let known = facts.suspension.as_ref().is_some_and(|suspension| suspension.kind == kind);
            if known || is_dead(facts, now) {
                return (next, Vec::new());
            }
            next.suspension = Some(Suspension { kind, since: now, said: said.clone() });
            (next, vec![event(now, EventKind::Suspended { suspension: kind }, said)])
        }
        Verdict::PermissionMissing => {
            if !facts.missing_scopes.is_empty() || is_dead(facts, now) {
                return (next, Vec::new());
            }
            // Where Meta names none, it is the first of the set: the one
            // without which nothing works.
            let named = (!missing_scopes.is_empty()).then_some(missing_scopes);
            let first = || facts.platform.scopes().iter().take(1).map(|scope| (*scope).to_owned()).collect();
            next.missing_scopes = named.unwrap_or_else(first);
            let scopes = next.missing_scopes.clone();
            (next, vec![event(now, EventKind::PermissionMissing { scopes }, said)])
        }
        Verdict::Unknown(failure) if extending => {
            (next, vec![event(now, EventKind::ExtensionFailed { failure }, said)])
        }
        Verdict::Unknown(_) => (next, Vec::new()),
    }
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

fn failed(before: Option<Try>, not_before: Option<Moment>, now: Moment) -> Try {
    Try { at: now, count: before.map_or(1, |failure| failure.count.saturating_add(1)), not_before }
}
