//! Properties of a token's life, over arbitrary sequences of what can happen.

mod doubt;
mod sharing;
mod spare;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::agenda::{Step, next_step};
use super::life_line::LifeLine;
use super::outlook::calm_until;
use super::plan::{earliest_extension, last_safe_moment, next_extension, plan};
use super::*;
use crate::Moment;
use crate::platform::Platform;

const DAY: TimeDelta = TimeDelta::days(1);

fn start() -> Moment {
    DateTime::<Utc>::from_timestamp(1_790_000_000, 0).unwrap()
}

fn grant(days: i64, at: Moment) -> Grant {
    Grant { expires_at: Some(at + DAY * i32::try_from(days).unwrap()), data_access_expires_at: None }
}

fn instagram() -> Facts {
    connected(Platform::Instagram, grant(60, start()), start()).0
}

fn dead(facts: &Facts, now: Moment) -> bool {
    matches!(status(facts, now), Status::NotActive(Cause::Dead { .. }))
}

/// What can be seen of a token, without moments.
#[derive(Debug, Clone)]
enum Seen {
    Consented(i64),
    Extended(i64),
    Worked,
    Refused { verdict: Verdict, extending: bool, wait_hours: Option<i64> },
    Revoked,
    ClockPassedEnd,
}

impl Seen {
    fn at(&self, now: Moment) -> Observation {
        match *self {
            Self::Consented(days) => Observation::Consented(grant(days, now)),
            Self::Extended(days) => Observation::Extended(grant(days, now)),
            Self::Worked => Observation::Worked,
            Self::Refused { verdict, extending, wait_hours } => {
                let not_before = wait_hours.map(|hours| now + TimeDelta::hours(hours));
                let refusal = Refusal { verdict, missing_scopes: Vec::new(), said: None, not_before };
                if extending { Observation::ExtensionRefused(refusal) } else { Observation::CheckRefused(refusal) }
            }
            Self::Revoked => Observation::Revoked,
            Self::ClockPassedEnd => Observation::ClockPassedEnd,
        }
    }

    /// Whether Meta or the person has said something explicit about the token,
    /// or has confirmed what was said of it before.
    fn explicit(&self, before: &Facts, now: Moment) -> bool {
        match self {
            Self::Refused { verdict: Verdict::Doubtful(_), extending, .. } => {
                before.doubt.as_ref().is_some_and(|doubt| {
                    doubt.question != question(*extending) && now >= doubt.since + TimeDelta::hours(6)
                })
            }
            Self::Refused { verdict, .. } => !matches!(verdict, Verdict::Unknown(_)),
            Self::Revoked => true,
            _ => false,
        }
    }
}

fn question(extending: bool) -> Question {
    if extending { Question::Extension } else { Question::Use }
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        prop_oneof![Just(Death::PasswordChanged), Just(Death::AppRemoved), Just(Death::Expired), Just(Death::Unnamed),]
            .prop_map(Verdict::Dead),
        prop_oneof![Just(Death::Unnamed), Just(Death::Unreadable)].prop_map(Verdict::Doubtful),
        prop_oneof![Just(SuspensionKind::Checkpoint), Just(SuspensionKind::Unconfirmed)].prop_map(Verdict::Suspended),
        Just(Verdict::PermissionMissing),
        unknown(),
    ]
}

fn unknown() -> impl Strategy<Value = Verdict> {
    prop_oneof![Just(Failure::Unavailable), Just(Failure::Limited), Just(Failure::AppFault), Just(Failure::Unclear),]
        .prop_map(Verdict::Unknown)
}

fn seen() -> impl Strategy<Value = Seen> {
    prop_oneof![
        (30i64..90).prop_map(Seen::Consented),
        (30i64..90).prop_map(Seen::Extended),
        Just(Seen::Worked),
        (verdicts(), any::<bool>(), proptest::option::of(0i64..2000))
            .prop_map(|(verdict, extending, wait_hours)| { Seen::Refused { verdict, extending, wait_hours } }),
        Just(Seen::Revoked),
        Just(Seen::ClockPassedEnd),
    ]
}

/// Pauses in minutes, and what is seen after each.
fn lives() -> impl Strategy<Value = Vec<(i64, Seen)>> {
    proptest::collection::vec((0i64..40_000, seen()), 0..25)
}

/// Every state a life passes through: the moment, what was seen, before and after.
fn passed(life: &[(i64, Seen)]) -> Vec<(Moment, Seen, Facts, Facts, Vec<Event>)> {
    let mut facts = instagram();
    let mut now = start();
    let mut states = Vec::new();
    for (minutes, seen) in life {
        now += TimeDelta::minutes(*minutes);
        let (next, events) = observe(&facts, seen.at(now), now);
        states.push((now, seen.clone(), facts, next.clone(), events));
        facts = next;
    }
    states
}

proptest! {
    #[test]
    fn only_an_explicit_verdict_or_the_clock_turns_active_into_not_active(life in lives()) {
        for (now, seen, before, after, _) in passed(&life) {
            if status(&before, now).is_active() && !status(&after, now).is_active() {
                prop_assert!(seen.explicit(&before, now), "{seen:?} ended a token");
            }
        }
    }

    #[test]
    fn nothing_is_said_of_a_token_without_a_reason_and_nothing_is_kept_back(life in lives(), hours in 0i64..2000) {
        for (now, _, _, facts, _) in passed(&life) {
            let now = now + TimeDelta::hours(hours);
            let worries = worries(&facts, now);
            if !status(&facts, now).is_active() {
                prop_assert!(worries.is_empty() && needs_somebody(&facts, now));
                continue;
            }
            let ends = |worry: &Worry| matches!(worry, Worry::Ends { .. });
            if last_safe_moment(&facts).is_some_and(|last_safe| last_safe <= now) {
                prop_assert!(worries.iter().any(ends) && needs_somebody(&facts, now), "{:?}", worries);
            }
            if facts.last_success_at.is_none_or(|at| at + DAY * 14 <= now) {
                let unconfirmed = |worry: &Worry| matches!(worry, Worry::Unconfirmed { .. });
                prop_assert!(worries.iter().any(unconfirmed), "{:?}", worries);
            }
            if calm_until(&facts).is_some_and(|until| until <= now) {
                prop_assert!(needs_somebody(&facts, now));
            }
            // What is told as the end is one, and still to come.
            for worry in &worries {
                if let Worry::Ends { at, .. } = worry {
                    prop_assert!(*at > now && Some(*at) >= facts.deadline());
                }
            }
            prop_assert!(!plan(&facts, now).is_empty() || next_extension(&facts, now).is_none());
        }
    }

    #[test]
    fn a_token_turns_when_it_is_said_to(life in lives(), hours in 0i64..3000) {
        for (now, _, _, facts, _) in passed(&life) {
            let turns = turns(&facts, now);
            let later = now + TimeDelta::hours(hours);
            let before = (turns.needs_from - TimeDelta::seconds(1)).max(DateTime::UNIX_EPOCH);
            for at in [now, later, turns.needs_from, before] {
                prop_assert_eq!(turns.needs_from <= at, needs_somebody(&facts, at), "{:?} at {}", turns, at);
            }
            for at in [now, later, turns.dark_from.unwrap_or(later)] {
                prop_assert_eq!(turns.dark_from.is_some_and(|from| from <= at), !status(&facts, at).is_active());
            }
        }
    }

    #[test]
    fn a_dead_token_stays_dead_until_a_person_comes(life in lives()) {
        for (now, seen, before, after, _) in passed(&life) {
            let by_person = matches!(seen, Seen::Consented(_));
            // Meta may extend what we took for expired; that is its explicit word too.
            let by_meta = matches!(seen, Seen::Extended(_)) && before.ending.is_none();
            if dead(&before, now) && !by_person && !by_meta {
                prop_assert!(dead(&after, now), "{seen:?} raised the dead");
            }
        }
    }

    #[test]
    fn consent_always_heals(life in lives(), days in 30i64..90) {
        for (now, _, _, facts, _) in passed(&life) {
            let (healed, events) = observe(&facts, Observation::Consented(grant(days, now)), now);
            prop_assert!(status(&healed, now).is_active());
            let told = events.iter().any(|event| matches!(event.kind, EventKind::Reauthorised { .. }));
            prop_assert!(told);
        }
    }

    #[test]
    fn a_dead_or_suspended_token_is_never_extended(life in lives()) {
        for (now, _, _, facts, _) in passed(&life) {
            if !status(&facts, now).is_active() {
                prop_assert_eq!(next_extension(&facts, now), None);
                prop_assert!(plan(&facts, now).is_empty());
                prop_assert!(!matches!(next_step(&facts, None, now), Some((_, Step::Extend))));
                prop_assert!(matches!(remedy(&facts, now), Remedy::Consent(_)));
            }
        }
    }

    #[test]
    fn a_living_token_has_a_next_try_before_its_last_safe_moment(life in lives()) {
        for (now, _, _, facts, _) in passed(&life) {
            let Some(last_safe) = last_safe_moment(&facts) else { continue };
            if status(&facts, now).is_active() && now <= last_safe {
                let next = next_extension(&facts, now);
                prop_assert!(next.is_some_and(|next| next >= now && next <= last_safe), "{next:?} of {last_safe}");
                prop_assert!(next >= Some(earliest_extension(&facts)));
                let (at, _) = next_step(&facts, None, now).expect("a living token is looked after");
                prop_assert!(at >= now && Some(at) <= next);
            }
        }
    }

    #[test]
    fn failing_checks_never_push_an_extension_away(hours in proptest::collection::vec(1i64..48, 1..60)) {
        let mut facts = instagram();
        let mut now = start();
        let planned = next_extension(&facts, now);
        for pause in hours {
            now += TimeDelta::hours(pause);
            let refusal = Seen::Refused { verdict: Verdict::Unknown(Failure::Unavailable), extending: false, wait_hours: None };
            facts = observe(&facts, refusal.at(now), now).0;
            if planned.is_some_and(|planned| planned > now) {
                prop_assert_eq!(next_extension(&facts, now), planned);
            }
        }
    }

    #[test]
    fn the_same_facts_and_moment_give_the_same_status(life in lives(), minutes in 0i64..200_000) {
        for (now, _, _, facts, _) in passed(&life) {
            let later = now + TimeDelta::minutes(minutes);
            prop_assert_eq!(status(&facts, later), status(&facts.clone(), later));
            // Time alone never lights a flame.
            if !status(&facts, now).is_active() {
                prop_assert!(!status(&facts, later).is_active());
            }
        }
    }

    #[test]
    fn a_death_is_told_once(life in lives()) {
        let mut told: Vec<(Moment, EventKind)> = Vec::new();
        for (_, _, _, _, events) in passed(&life) {
            for event in events {
                if matches!(event.kind, EventKind::Reauthorised { .. } | EventKind::Extended { .. }) {
                    told.clear();
                }
                if matches!(event.kind, EventKind::Ended { .. }) {
                    let entry = (event.at, event.kind.clone());
                    // The clock's end may be noted again; storage keeps it once by moment and kind.
                    let others = told.iter().filter(|known| **known != entry).count();
                    prop_assert_eq!(others, 0, "{:?} after {:?}", entry, told);
                    told.push(entry);
                }
            }
        }
    }

    #[test]
    fn a_life_line_is_in_order_and_within_its_ends(life in lives()) {
        let mut history = Vec::new();
        for (now, _, _, facts, events) in passed(&life) {
            history.extend(events.into_iter().map(|event| (event, None)));
            let line = LifeLine::draw(&facts, &history, now);
            prop_assert!(line.marks.windows(2).all(|pair| pair[0].at <= pair[1].at));
            prop_assert!(line.marks.iter().all(|mark| mark.at >= line.start && mark.at <= line.end));
            prop_assert!(line.position(line.now) <= 1000 && line.position(line.start) == 0);
        }
    }
}

#[test]
fn many_spaced_tries_from_half_life_on() {
    let facts = instagram();
    let tries = plan(&facts, start());
    assert!(tries.len() >= 10, "{tries:?}");
    assert_eq!(tries.first(), Some(&(start() + DAY * 30)));
    assert!(tries.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(tries.last() <= last_safe_moment(&facts).as_ref());
    assert_eq!(last_safe_moment(&facts), Some(start() + DAY * 58));
}

#[test]
fn after_the_last_safe_moment_every_quarter_of_an_hour_counts() {
    let now = start() + DAY * 59;
    let refusal = Seen::Refused { verdict: Verdict::Unknown(Failure::Unavailable), extending: true, wait_hours: None };
    let facts = observe(&instagram(), refusal.at(now), now).0;
    assert_eq!(next_extension(&facts, now), Some(now + TimeDelta::minutes(15)));
}

#[test]
fn metas_own_pause_is_honoured_but_not_beyond_the_last_safe_moment() {
    let now = start() + DAY * 57;
    let refused = |hours| {
        let refusal =
            Seen::Refused { verdict: Verdict::Unknown(Failure::Limited), extending: true, wait_hours: Some(hours) };
        next_extension(&observe(&instagram(), refusal.at(now), now).0, now)
    };
    assert_eq!(refused(20), Some(now + TimeDelta::hours(20)));
    assert_eq!(refused(47), Some(start() + DAY * 58));
}

#[test]
fn a_young_token_goes_through_consent_an_older_one_is_extended() {
    let facts = instagram();
    assert_eq!(remedy(&facts, start() + TimeDelta::hours(23)), Remedy::Consent(Consent::Plain));
    assert_eq!(remedy(&facts, start() + TimeDelta::hours(24)), Remedy::Extend);
    assert_eq!(remedy(&facts, start() + DAY * 60), Remedy::Consent(Consent::Plain));
}

#[test]
fn an_expiry_shows_the_second_it_happens() {
    let facts = instagram();
    let end = start() + DAY * 60;
    assert!(status(&facts, end - TimeDelta::seconds(1)).is_active());
    assert_eq!(status(&facts, end), Status::NotActive(Cause::Dead { death: Death::Expired, since: end }));
    assert_eq!(next_step(&facts, None, end), Some((end, Step::NoteExpiry)));
    assert_eq!(next_step(&facts, Some(end), end), None);
}

#[test]
fn facebooks_second_deadline_ends_a_token_that_was_extended() {
    let data_access_expires_at = Some(start() + DAY * 90);
    let grant = |at: Moment| Grant { expires_at: Some(at + DAY * 60), data_access_expires_at };
    let facts = connected(Platform::Facebook, grant(start()), start()).0;
    let now = start() + DAY * 40;
    let facts = observe(&facts, Observation::Extended(grant(now)), now).0;
    let end = start() + DAY * 90;
    assert!(status(&facts, end - DAY).is_active());
    assert_eq!(status(&facts, end), Status::NotActive(Cause::Dead { death: Death::DataAccessExpired, since: end }));
    assert_eq!(remedy(&facts, end), Remedy::Consent(Consent::RenewDataAccess));
}

#[test]
fn a_checkpoint_suspends_and_the_same_string_lives_again() {
    let now = start() + DAY;
    let refusal =
        Seen::Refused { verdict: Verdict::Suspended(SuspensionKind::Checkpoint), extending: false, wait_hours: None };
    let (suspended, _) = observe(&instagram(), refusal.at(now), now);
    assert!(!status(&suspended, now).is_active());
    let probe = next_step(&suspended, None, now).unwrap();
    assert_eq!(probe, (now + TimeDelta::hours(1), Step::Check));
    let (recovered, events) = observe(&suspended, Observation::Worked, probe.0);
    assert!(status(&recovered, probe.0).is_active());
    assert_eq!(events[0].kind, EventKind::Recovered);
}

#[test]
fn a_200_without_a_later_end_is_no_extension() {
    let now = start() + DAY * 2;
    let same = Grant { expires_at: Some(start() + DAY * 60), data_access_expires_at: None };
    let (facts, events) = observe(&instagram(), Observation::Extended(same), now);
    assert_eq!(facts.life.issued_at, start());
    assert_eq!(events[0].kind, EventKind::ExtensionFailed { failure: Failure::NotExtended });
}

#[test]
fn what_the_clock_ended_stays_an_expiry() {
    let now = start() + DAY * 61;
    let refusal = Seen::Refused { verdict: Verdict::Dead(Death::PasswordChanged), extending: false, wait_hours: None };
    let (facts, events) = observe(&instagram(), refusal.at(now), now);
    assert_eq!(
        events,
        vec![Event { at: start() + DAY * 60, kind: EventKind::Ended { death: Death::Expired }, said: None }]
    );
    assert!(matches!(status(&facts, now), Status::NotActive(Cause::Dead { death: Death::Expired, .. })));
}
