//! A refusal that names no reason we know kills only when it is confirmed.

use super::*;

fn doubtful() -> impl Strategy<Value = Verdict> {
    prop_oneof![Just(Death::Unnamed), Just(Death::Unreadable)].prop_map(Verdict::Doubtful)
}

fn refused(verdict: Verdict, extending: bool) -> Seen {
    Seen::Refused { verdict, extending, wait_hours: None }
}

proptest! {
    #[test]
    fn an_unnamed_refusal_alone_never_kills(
        refusals in proptest::collection::vec((1i64..72, doubtful()), 1..40), extending in any::<bool>()
    ) {
        let mut facts = instagram();
        let mut now = start() + DAY * 2;
        for (hours, verdict) in refusals {
            now += TimeDelta::hours(hours);
            facts = observe(&facts, refused(verdict, extending).at(now), now).0;
            let by_clock = facts.deadline().is_some_and(|end| end <= now);
            prop_assert!(by_clock || status(&facts, now).is_active(), "however often the same question is asked");
        }
    }

    #[test]
    fn two_unnamed_refusals_of_different_questions_kill_when_the_second_is_later(
        day in 1i64..50, hours in 0i64..48, first in doubtful(), second in doubtful(), extending in any::<bool>()
    ) {
        let one = start() + TimeDelta::days(day);
        let two = one + TimeDelta::hours(hours);
        let (facts, _) = observe(&instagram(), refused(first, extending).at(one), one);
        prop_assert!(status(&facts, one).is_active());
        let (facts, events) = observe(&facts, refused(second, !extending).at(two), two);
        prop_assert_eq!(dead(&facts, two), hours >= 6);
        let told = events.iter().any(|event| matches!(event.kind, EventKind::Ended { .. }));
        prop_assert_eq!(told, hours >= 6);
    }

    #[test]
    fn a_doubt_is_settled_within_two_days_whatever_was_asked_first(
        day in 0i64..57, extending in any::<bool>(), wait in proptest::option::of(0i64..12)
    ) {
        let mut now = start() + TimeDelta::days(day);
        let refusal = |extending| Seen::Refused { verdict: Verdict::Doubtful(Death::Unnamed), extending, wait_hours: wait };
        let mut facts = observe(&instagram(), refusal(extending).at(now), now).0;
        let until = now + DAY * 2;
        while !dead(&facts, now) {
            let (at, step) = next_step(&facts, None, now).expect("somebody asks again");
            prop_assert!(at <= until, "still in doubt after two days");
            now = at;
            facts = observe(&facts, refusal(step == Step::Extend).at(now), now).0;
        }
    }

    #[test]
    fn whatever_works_takes_a_doubt_away(life in lives()) {
        for (now, seen, before, after, _) in passed(&life) {
            if matches!(seen, Seen::Worked | Seen::Extended(_) | Seen::Consented(_)) {
                prop_assert_eq!(&after.doubt, &None);
            }
            if after.doubt.is_some() && before.doubt.is_none() {
                prop_assert!(status(&after, now) == status(&before, now));
            }
        }
    }
}
