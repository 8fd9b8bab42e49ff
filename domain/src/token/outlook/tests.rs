//! What is said of a living token, at the moments that matter.

use chrono::{DateTime, Utc};

use super::*;
use crate::platform::Platform;
use crate::token::agenda::{Step, next_step};
use crate::token::plan::plan;
use crate::token::{
    Consent, Death, Grant, MetaAnswer, Observation, Refusal, Remedy, Verdict, connected, observe, remedy,
};

const DAY: TimeDelta = TimeDelta::days(1);

fn day(number: i32) -> Moment {
    DateTime::<Utc>::from_timestamp(1_790_000_000, 0).unwrap() + DAY * number
}

fn token(platform: Platform) -> Facts {
    let data_access_expires_at = (platform == Platform::Facebook).then(|| day(90));
    connected(platform, Grant { expires_at: Some(day(60)), data_access_expires_at }, day(0)).0
}

fn seen(facts: &mut Facts, observation: Observation, at: Moment) {
    *facts = observe(facts, observation, at).0;
}

fn moved_nothing(facts: &mut Facts, at: Moment) {
    let grant = Grant { expires_at: facts.life.expires_at, data_access_expires_at: None };
    seen(facts, Observation::Extended(grant), at);
}

fn refusal(verdict: Verdict) -> Refusal {
    let said = Some(MetaAnswer { code: Some(100), subcode: None, message: "Unsupported request".into() });
    Refusal { verdict, missing_scopes: Vec::new(), said, not_before: None }
}

#[test]
fn three_answers_that_move_nothing_lead_to_the_consent_page() {
    for platform in [Platform::Instagram, Platform::Facebook] {
        let mut facts = token(platform);
        for number in 1..=3 {
            let at = day(27 + 3 * number);
            seen(&mut facts, Observation::Worked, at);
            assert_eq!(worries(&facts, at), []);
            assert_eq!(remedy(&facts, at), Remedy::Extend);
            moved_nothing(&mut facts, at);
        }
        let ends = Worry::Ends { at: day(60), why: Foreseen::MovesNothing };
        assert_eq!(worries(&facts, day(36)), [ends]);
        assert!(needs_somebody(&facts, day(36)));
        assert_eq!(remedy(&facts, day(36)), Remedy::Consent(Consent::Plain));
        // A person brings a new string, and all is well.
        let grant = Grant { expires_at: Some(day(97)), data_access_expires_at: None };
        seen(&mut facts, Observation::Consented(grant), day(37));
        assert_eq!(worries(&facts, day(37)), []);
    }
}

#[test]
fn meta_is_not_asked_over_and_over_for_nothing() {
    let mut facts = token(Platform::Facebook);
    let mut asked = 0;
    let mut now = day(0);
    while let Some((at, step)) = next_step(&facts, None, now).filter(|(at, _)| *at < day(60)) {
        now = at;
        match step {
            Step::Extend => {
                asked += 1;
                moved_nothing(&mut facts, now);
            }
            _ => seen(&mut facts, Observation::Worked, now),
        }
    }
    assert!((8..=13).contains(&asked), "{asked} calls");
}

#[test]
fn a_slip_is_forgotten_with_the_next_extension() {
    let mut facts = token(Platform::Instagram);
    moved_nothing(&mut facts, day(30));
    moved_nothing(&mut facts, day(33));
    seen(&mut facts, Observation::Extended(Grant { expires_at: Some(day(96)), data_access_expires_at: None }), day(36));
    moved_nothing(&mut facts, day(66));
    assert_eq!(worries(&facts, day(66)), []);
}

#[test]
fn an_answer_with_an_earlier_end_is_believed() {
    let mut facts = token(Platform::Facebook);
    let data_access_expires_at = Some(day(120));
    seen(&mut facts, Observation::Extended(Grant { expires_at: Some(day(50)), data_access_expires_at }), day(30));
    assert_eq!((facts.life.expires_at, facts.life.issued_at), (Some(day(50)), day(0)));
    assert_eq!(facts.life.data_access_expires_at, data_access_expires_at);
    let rounded = Grant { expires_at: Some(day(50) - TimeDelta::seconds(2)), data_access_expires_at: None };
    seen(&mut facts, Observation::Extended(rounded), day(31));
    assert_eq!(facts.life.expires_at, Some(day(50)));
}

#[test]
fn past_the_last_safe_moment_somebody_is_needed_whatever_the_failure() {
    for failure in [Failure::Unavailable, Failure::Limited, Failure::AppFault, Failure::Unclear] {
        let mut facts = token(Platform::Instagram);
        seen(&mut facts, Observation::Worked, day(57));
        seen(&mut facts, Observation::ExtensionRefused(refusal(Verdict::Unknown(failure))), day(57));
        assert_eq!(worries(&facts, day(57)), []);
        let ends = Worry::Ends { at: day(60), why: Foreseen::NotExtended { failure: Some(failure) } };
        assert_eq!(worries(&facts, day(58)), [ends]);
        assert_eq!(remedy(&facts, day(58)), Remedy::Consent(Consent::Plain));
        // The plan goes on to the end.
        assert!(plan(&facts, day(59)).len() > 10);
    }
    // Nothing was tried yet: asking Meta may still help.
    let mut facts = token(Platform::Instagram);
    seen(&mut facts, Observation::Worked, day(58));
    assert_eq!(worries(&facts, day(58)), [Worry::Ends { at: day(60), why: Foreseen::NotExtended { failure: None } }]);
    assert_eq!(remedy(&facts, day(58)), Remedy::Extend);
}

#[test]
fn two_weeks_of_failed_extensions_are_told_before_the_last_safe_moment() {
    let mut facts = token(Platform::Instagram);
    for number in 30..=44 {
        seen(&mut facts, Observation::ExtensionRefused(refusal(Verdict::Unknown(Failure::Unclear))), day(number));
        seen(&mut facts, Observation::Worked, day(number));
        assert_eq!(needs_somebody(&facts, day(number)), number == 44, "{number}");
    }
}

#[test]
fn the_end_of_data_access_is_told_in_time_and_renewed_by_signing_in() {
    let mut facts = token(Platform::Facebook);
    let extended = |at| Grant { expires_at: Some(at + DAY * 60), data_access_expires_at: Some(day(90)) };
    for number in [30, 60] {
        seen(&mut facts, Observation::Extended(extended(day(number))), day(number));
    }
    seen(&mut facts, Observation::Worked, day(75));
    assert_eq!(worries(&facts, day(75)), []);
    assert_eq!(calm_until(&facts), Some(day(76)));
    assert_eq!(worries(&facts, day(76)), [Worry::Ends { at: day(90), why: Foreseen::DataAccess }]);
    assert_eq!(remedy(&facts, day(76)), Remedy::Consent(Consent::RenewDataAccess));
}

#[test]
fn a_token_that_dies_too_young_to_be_extended_needs_somebody_at_once() {
    let grant = Grant { expires_at: Some(day(1)), data_access_expires_at: None };
    let facts = connected(Platform::Facebook, grant, day(0)).0;
    assert_eq!(worries(&facts, day(0)), [Worry::Ends { at: day(1), why: Foreseen::TooShort }]);
}

#[test]
fn three_missed_checks_are_never_green() {
    for verdict in [Failure::Unavailable, Failure::Unclear, Failure::Limited].map(Verdict::Unknown) {
        let mut facts = token(Platform::Instagram);
        for number in 1..=15 {
            seen(&mut facts, Observation::CheckRefused(refusal(verdict)), day(number));
            let Verdict::Unknown(failure) = verdict else { unreachable!() };
            let told = worries(&facts, day(number));
            let unconfirmed = Worry::Unconfirmed { since: day(0), failure: Some(failure) };
            assert_eq!(told, if number < 3 { vec![] } else { vec![unconfirmed] }, "day {number}");
            // A short trouble of Meta's is no reason to leave the page.
            let consent = number >= 14;
            assert_eq!(remedy(&facts, day(number)) == Remedy::Consent(Consent::Plain), consent || number < 1);
        }
        seen(&mut facts, Observation::Worked, day(16));
        assert_eq!(worries(&facts, day(16)), []);
    }
    // Nobody asked at all.
    let facts = token(Platform::Instagram);
    assert_eq!(worries(&facts, day(13)), []);
    assert_eq!(worries(&facts, day(14)), [Worry::Unconfirmed { since: day(0), failure: None }]);
    assert_eq!(remedy(&facts, day(20)), Remedy::Extend);
}

#[test]
fn a_doubt_is_told_but_needs_nobody_yet() {
    let mut facts = token(Platform::Instagram);
    seen(&mut facts, Observation::CheckRefused(refusal(Verdict::Doubtful(Death::Unreadable))), day(2));
    assert_eq!(worries(&facts, day(2)), [Worry::Doubted { since: day(2) }]);
    assert!(!needs_somebody(&facts, day(2)));
    // The check is made again soon, as after any failure; the other question comes hours later.
    let (mut at, mut step) = next_step(&facts, None, day(2)).unwrap();
    while step == Step::Check {
        seen(&mut facts, Observation::CheckRefused(refusal(Verdict::Doubtful(Death::Unnamed))), at);
        assert_eq!(worries(&facts, at), [Worry::Doubted { since: day(2) }]);
        (at, step) = next_step(&facts, None, at).unwrap();
    }
    assert_eq!((at, step), (day(2) + TimeDelta::hours(6), Step::Extend));
    // What the first answer called it is not lost.
    let (dead, events) = observe(&facts, Observation::ExtensionRefused(refusal(Verdict::Doubtful(Death::Unnamed))), at);
    assert_eq!(dead.ending.as_ref().map(|ending| ending.death), Some(Death::Unreadable));
    assert_eq!(events.len(), 1);
}

#[test]
fn a_missing_permission_shows_that_a_security_check_is_over() {
    use crate::token::{Cause, Status, SuspensionKind, status};

    let mut facts = token(Platform::Instagram);
    seen(&mut facts, Observation::CheckRefused(refusal(Verdict::Suspended(SuspensionKind::Checkpoint))), day(2));
    let (facts, events) = observe(&facts, Observation::CheckRefused(refusal(Verdict::PermissionMissing)), day(3));
    assert!(matches!(status(&facts, day(3)), Status::NotActive(Cause::PermissionMissing { .. })));
    assert_eq!(events.len(), 1);
    let again = observe(&facts, Observation::CheckRefused(refusal(Verdict::PermissionMissing)), day(4)).1;
    assert_eq!(again, []);
}
