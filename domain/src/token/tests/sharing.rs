//! An account that Meta does not show.

use super::*;
use crate::token::observe::CONFIRMED_AFTER;

fn hidden(left_out: bool) -> Sight {
    Sight::Hidden { left_out, said: None }
}

fn sights() -> impl Strategy<Value = Vec<(i64, Option<bool>)>> {
    prop::collection::vec((1_i64..2_000, prop::option::of(any::<bool>())), 1..30)
}

proptest! {
    /// One answer alone is believed only where the grant says the same; a shown
    /// account is always shared; what is told changes sides with each entry.
    #[test]
    fn an_account_is_hidden_surely_or_not_at_all(sights in sights()) {
        let (mut now, mut kept, mut told_last): (Moment, Option<Unshared>, Option<bool>) = (start(), None, None);
        for (minutes, left_out) in sights {
            now += TimeDelta::minutes(minutes);
            let before = kept.clone();
            let sight = left_out.map_or(Sight::Shown, hidden);
            let (after, told) = sighted(before.as_ref(), sight, now);
            match (&after, left_out) {
                (None, None) => {}
                (Some(after), Some(left_out)) => {
                    prop_assert_eq!(after.since, before.as_ref().map_or(now, |before| before.since));
                    let doubted_for = now - after.since;
                    let was_sure = before.is_some_and(|before| before.confirmed);
                    prop_assert_eq!(after.confirmed, was_sure || left_out || doubted_for >= CONFIRMED_AFTER);
                }
                other => prop_assert!(false, "{:?}", other),
            }
            if let Some(told) = told {
                prop_assert_eq!(told, told_last == Some(false), "never twice, and a loss first");
                told_last = Some(told);
            }
            kept = after;
            let is_active = account_status(&instagram(), kept.as_ref(), start()).is_active();
            prop_assert_eq!(is_active, told_last != Some(false), "what is told is what is shown");
        }
    }

    /// What the token itself has to say comes first, and an account that is
    /// shared is as its token.
    #[test]
    fn an_account_is_no_better_than_its_token(days in 0_i64..80, confirmed: bool, some: bool) {
        let (facts, now) = (instagram(), start() + DAY * i32::try_from(days).unwrap());
        let unshared = some.then(|| Unshared { since: start(), confirmed, said: None });
        let of_token = status(&facts, now);
        let of_account = account_status(&facts, unshared.as_ref(), now);
        if of_token.is_active() && some && confirmed {
            prop_assert_eq!(of_account, Status::NotActive(Cause::NotShared { since: start() }));
            prop_assert_eq!(account_remedy(&facts, unshared.as_ref(), now), Remedy::Consent(Consent::AskAgain));
        } else {
            prop_assert_eq!(of_account, of_token);
            prop_assert_eq!(account_remedy(&facts, unshared.as_ref(), now), remedy(&facts, now));
        }
    }
}
