//! When a picture is asked for that is not here, or not here as it is now.
//!
//! Pictures come with the feed: each fetch brings fresh addresses of all of
//! them, and these rules say which of them are worth a question. No answer is
//! believed at once: what a CDN hands out in a bad hour, or a proxy in between,
//! looks exactly like a picture that is no picture.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::Moment;

/// Feeds of one account may follow each other within moments, one for each of
/// its widgets: enough that one of them asks.
const SOONEST: TimeDelta = TimeDelta::minutes(10);
/// However long the trouble lasts, a picture is back within a quarter of a day
/// after it.
const LONGEST: TimeDelta = TimeDelta::hours(6);
/// Outages of a CDN, and the firewalls of those who run this, last hours and
/// sometimes a weekend.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(7);
/// Days in which nobody looked prove nothing.
const LOOKS: u32 = 6;

/// What a failed copy tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing about the picture: no answer, an empty one, a refusal, a fault of ours.
    Unseen,
    /// What came was no picture that we can use.
    Unusable,
}

/// A picture that could not be copied, so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    fault: Fault,
    /// The first of these failures in a row.
    since: Moment,
    /// The last.
    last: Moment,
    /// How many there were.
    times: u32,
    /// Who judged: the number of the decoder.
    decoder: u32,
}

impl Failing {
    /// One more failure after those before. Another kind of failure begins
    /// anew, and so does a clock that was set back.
    pub fn again(before: Option<Self>, fault: Fault, decoder: u32, now: Moment) -> Self {
        match before.filter(|before| before.fault == fault && before.decoder == decoder && before.last <= now) {
            Some(before) => Self { last: now, times: before.times.saturating_add(1), ..before },
            None => Self { fault, since: now, last: now, times: 1, decoder },
        }
    }

    /// From when on another try makes sense, at growing pauses; `None` once the
    /// picture is given up. Only what was looked at for days, and never was a
    /// picture, is.
    pub fn next(&self) -> Option<Moment> {
        let lasted = self.last - self.since;
        let given_up = self.fault == Fault::Unusable && lasted >= GIVEN_UP_AFTER && self.times >= LOOKS;
        // A half of the time that it lasts already: feeds come hourly, and the
        // first few of them shall all ask.
        (!given_up).then(|| self.last + (lasted / 2).clamp(SOONEST, LONGEST))
    }

    /// Whether to ask now. Another decoder may know better than the one that judged.
    pub fn is_due(&self, decoder: u32, now: Moment) -> bool {
        self.decoder != decoder || now < self.last || self.next().is_some_and(|next| next <= now)
    }
}

/// How far a picture has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copying {
    /// Whether a copy is here, of this or of an earlier address.
    pub copied: bool,
    /// What the address that was asked last points to (see [`Copying::wants`]);
    /// `None` where nobody asked, or where somebody wants it asked again.
    pub source: Option<String>,
    /// Since when asking there has failed.
    pub failing: Option<Failing>,
}

impl Copying {
    /// Whether to ask for the picture at an address. `source` names what the
    /// address points to, without the signature, which changes all the time:
    /// another one is another picture, such as the new cover of a film.
    pub fn wants(&self, source: &str, decoder: u32, now: Moment) -> bool {
        match &self.failing {
            _ if self.source.as_deref() != Some(source) => true,
            Some(failing) => failing.is_due(decoder, now),
            None => !self.copied,
        }
    }

    /// The failures before this one, if they were those of the same address.
    pub fn failed_before(&self, source: &str) -> Option<Failing> {
        self.failing.filter(|_| self.source.as_deref() == Some(source))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use proptest::prelude::*;

    use super::*;

    const OURS: u32 = 3;

    fn start() -> Moment {
        Utc.with_ymd_and_hms(2026, 11, 25, 12, 0, 0).unwrap()
    }

    /// The tries of a picture that always fails, while its feed is fetched every hour.
    fn tries(fault: Fault, days: i64) -> Vec<TimeDelta> {
        let mut failing: Option<Failing> = None;
        let mut tries = Vec::new();
        for hour in 0..days * 24 {
            let now = start() + TimeDelta::hours(hour);
            if failing.is_none_or(|failing| failing.is_due(OURS, now)) {
                failing = Some(Failing::again(failing, fault, OURS, now));
                tries.push(TimeDelta::hours(hour));
            }
        }
        tries
    }

    #[test]
    fn after_a_bad_hour_the_next_feeds_ask_again_and_more_and_more_rarely() {
        let hours: Vec<i64> = tries(Fault::Unusable, 3).iter().map(TimeDelta::num_hours).collect();
        assert_eq!(hours[..5], [0, 1, 2, 3, 5], "{hours:?}");
        let pauses: Vec<i64> = hours.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pauses.is_sorted() && pauses.last() == Some(&6), "{pauses:?}");
    }

    #[test]
    fn a_picture_is_given_up_after_days_of_looking_and_never_for_silence() {
        let looked = tries(Fault::Unusable, 60);
        assert!(*looked.last().unwrap() >= GIVEN_UP_AFTER);
        assert!(*looked.last().unwrap() < GIVEN_UP_AFTER + TimeDelta::days(1) && looked.len() < 50, "{}", looked.len());
        let unseen = tries(Fault::Unseen, 60);
        assert!(*unseen.last().unwrap() >= TimeDelta::days(59), "{unseen:?}");
    }

    #[test]
    fn days_in_which_nobody_looked_give_nothing_up() {
        let first = Failing::again(None, Fault::Unusable, OURS, start());
        let second = Failing::again(Some(first), Fault::Unusable, OURS, start() + TimeDelta::days(90));
        assert!(second.next().is_some());
    }

    #[test]
    fn another_decoder_another_kind_of_failure_and_a_clock_set_back_begin_anew() {
        let mut failing = None;
        for hour in [0, 50, 100, 150, 160, 165, 170] {
            failing = Some(Failing::again(failing, Fault::Unusable, OURS, start() + TimeDelta::hours(hour)));
        }
        let given_up = failing.unwrap();
        let now = start() + TimeDelta::days(30);
        assert!(given_up.next().is_none() && !given_up.is_due(OURS, now));
        assert!(given_up.is_due(OURS + 1, now));
        assert!(given_up.is_due(OURS, start()), "the clock was set back");
        assert!(Failing::again(failing, Fault::Unseen, OURS, now).next().is_some());
        assert!(Failing::again(failing, Fault::Unusable, OURS + 1, now).next().is_some());
    }

    #[test]
    fn another_address_is_another_picture() {
        let now = start();
        let given_up = Failing { fault: Fault::Unusable, since: now, last: now, times: 99, decoder: OURS };
        let here = Copying { copied: true, source: Some("a".into()), failing: None };
        assert!(!here.wants("a", OURS, now) && here.wants("b", OURS, now));
        assert!(here.wants("b", OURS + 1, now) && !here.wants("a", OURS + 1, now));
        let failing = Copying { failing: Some(given_up), ..here.clone() };
        assert!(!failing.wants("a", OURS, now) && failing.wants("b", OURS, now));
        assert_eq!((failing.failed_before("a"), failing.failed_before("b")), (Some(given_up), None));
        let lost = Copying { copied: false, ..here };
        assert!(lost.wants("a", OURS, now), "a copy that is not kept any more is made again");
        assert!(Copying::default().wants("a", OURS, now));
        let by_hand = Copying { copied: true, ..Copying::default() };
        assert!(by_hand.wants("a", OURS, now));
    }

    proptest! {
        #[test]
        fn a_failure_is_never_asked_again_at_once_nor_later_than_the_longest_pause(
            pauses in prop::collection::vec(0i64..400_000, 1..30), unusable in any::<bool>(),
        ) {
            let fault = if unusable { Fault::Unusable } else { Fault::Unseen };
            let mut now = start();
            let mut failing = None;
            for pause in pauses {
                now += TimeDelta::seconds(pause);
                let seen = Failing::again(failing, fault, OURS, now);
                if let Some(next) = seen.next() {
                    prop_assert!(now + SOONEST <= next && next <= now + LONGEST);
                } else {
                    prop_assert!(unusable && now - start() >= GIVEN_UP_AFTER);
                }
                failing = Some(seen);
            }
        }
    }
}
