//! When a widget is rebuilt with the latest pictures, and why it was not.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::id::AccountId;

/// How often a widget is rebuilt by itself.
pub const EVERY: TimeDelta = TimeDelta::hours(1);
/// The first pause after a failure that waiting may cure; it doubles with each further one.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(2);

/// Why a rebuild did not bring the latest pictures. The last good feed stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The access token is not active: it has to be repaired first.
    TokenNotActive,
    /// Meta asks for patience: too many calls.
    Limited,
    /// Meta did not answer.
    Unavailable,
    /// Meta refuses this installation's app: for the operator.
    AppFault,
    /// Meta answered with something that nobody understands.
    Unclear,
    /// Our own fault; logged.
    Internal,
}

/// How a rebuild ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The widget shows the latest posts.
    Rebuilt,
    /// It shows the last good ones.
    Failed(Failure),
}

/// When the widgets of an account are rebuilt next. `failures` counts those in
/// a row; `not_before` is Meta's own "come back in" for the account.
///
/// Each account has a second of the hour of its own, so that they do not all
/// come at once. What waiting may cure is tried sooner, at growing pauses.
pub fn next_rebuild(
    account: AccountId,
    outcome: Outcome,
    failures: u32,
    not_before: Option<Moment>,
    now: Moment,
) -> Moment {
    let regular = next_slot(account, now);
    let wanted = match outcome {
        Outcome::Failed(Failure::Unavailable | Failure::Unclear | Failure::Internal) => {
            let pause = FIRST_PAUSE * 2i32.pow(failures.saturating_sub(1).min(5));
            now + pause.min(EVERY)
        }
        Outcome::Rebuilt | Outcome::Failed(Failure::TokenNotActive | Failure::Limited | Failure::AppFault) => regular,
    };
    wanted.max(not_before.unwrap_or(wanted))
}

/// The account's own second of the hour, after `now`.
fn next_slot(account: AccountId, now: Moment) -> Moment {
    let hour = EVERY.num_seconds();
    let own = i64::from(
        account.0.as_bytes().iter().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte))),
    );
    let passed = (now.timestamp() - own).rem_euclid(hour);
    now + TimeDelta::seconds(hour - passed)
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn outcomes() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Rebuilt),
            Just(Outcome::Failed(Failure::TokenNotActive)),
            Just(Outcome::Failed(Failure::Limited)),
            Just(Outcome::Failed(Failure::Unavailable)),
            Just(Outcome::Failed(Failure::Unclear)),
        ]
    }

    proptest! {
        #[test]
        fn the_next_rebuild_comes_within_the_hour_unless_meta_asks_for_patience(
            id in any::<u128>(), outcome in outcomes(), failures in 0u32..400, at in 0i64..4_000_000_000, wait in 0i64..200_000,
        ) {
            let now = Utc.timestamp_opt(at, 0).unwrap();
            let account = AccountId(Uuid::from_u128(id));
            let next = next_rebuild(account, outcome, failures, None, now);
            prop_assert!(now < next && next <= now + EVERY);
            let patient = next_rebuild(account, outcome, failures, Some(now + TimeDelta::seconds(wait)), now);
            prop_assert_eq!(patient, next.max(now + TimeDelta::seconds(wait)));
        }

        #[test]
        fn an_account_keeps_its_second_of_the_hour(id in any::<u128>()) {
            let now = Utc.timestamp_opt(1_800_000_000, 0).unwrap();
            let next = |now| next_rebuild(AccountId(Uuid::from_u128(id)), Outcome::Rebuilt, 0, None, now);
            prop_assert_eq!(next(next(now)), next(now) + EVERY);
        }
    }

    #[test]
    fn accounts_are_spread_over_the_hour() {
        let now = Utc.timestamp_opt(1_800_000_000, 0).unwrap();
        let mut quarters = [0; 4];
        for id in 0..1000u128 {
            // As UUIDv7 made in the same millisecond are: alike but for the end.
            let next =
                next_rebuild(AccountId(Uuid::from_u128((7 << 120) | (id * 7919))), Outcome::Rebuilt, 0, None, now);
            quarters[usize::try_from((next - now).num_seconds() / 900).unwrap().min(3)] += 1;
        }
        assert!(quarters.iter().all(|count| *count > 150), "{quarters:?}");
    }

    #[test]
    fn what_waiting_may_cure_is_tried_sooner_at_growing_pauses() {
        let now = Utc.timestamp_opt(1_800_000_000, 0).unwrap();
        let account = AccountId(Uuid::from_u128(1));
        let pause = |failures| next_rebuild(account, Outcome::Failed(Failure::Unavailable), failures, None, now) - now;
        assert_eq!(pause(1), FIRST_PAUSE);
        assert!(pause(1) < pause(2) && pause(2) <= pause(3));
    }
}
