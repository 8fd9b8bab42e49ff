//! The sandbox's clock: the real one plus an offset that people move by hand.

use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Timelike, Utc, Weekday};

/// The real time; everything else in the crate gets time as an argument.
#[expect(clippy::disallowed_methods, reason = "the one home of real time in the sandbox")]
pub(crate) fn real_now() -> DateTime<Utc> {
    Utc::now()
}

/// A moment the way Meta prints it in messages: `Tuesday, 28-Sep-21 03:00:00 PDT`, US Pacific time.
pub(crate) fn pacific(at: DateTime<Utc>) -> String {
    let (hours, zone) = if daylight_saving(at) { (7, "PDT") } else { (8, "PST") };
    let local = at - Duration::hours(hours);
    format!("{} {zone}", local.format("%A, %d-%b-%y %H:%M:%S"))
}

/// Meta: the expiry of a short-lived token falls on the full hour, rounded up.
pub(crate) fn round_up_to_hour(at: DateTime<Utc>) -> DateTime<Utc> {
    let past = i64::from(at.minute() * 60 + at.second());
    let whole = at - Duration::nanoseconds(i64::from(at.nanosecond()));
    if past == 0 { whole } else { whole + Duration::seconds(3600 - past) }
}

/// US rule since 2007: second Sunday of March 02:00 PST to first Sunday of November 02:00 PDT.
fn daylight_saving(at: DateTime<Utc>) -> bool {
    let edge = |month, nth, hour| {
        NaiveDate::from_weekday_of_month_opt(at.year(), month, Weekday::Sun, nth)
            .and_then(|day| day.and_hms_opt(hour, 0, 0))
            .map(|local| Utc.from_utc_datetime(&local))
    };
    matches!((edge(3, 2, 10), edge(11, 1, 9)), (Some(start), Some(end)) if at >= start && at < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_the_captured_message_date() {
        let at = Utc.with_ymd_and_hms(2021, 9, 28, 10, 0, 0).unwrap();
        assert_eq!(pacific(at), "Tuesday, 28-Sep-21 03:00:00 PDT");
        let winter = Utc.with_ymd_and_hms(2026, 12, 1, 8, 0, 0).unwrap();
        assert_eq!(pacific(winter), "Tuesday, 01-Dec-26 00:00:00 PST");
    }

    #[test]
    fn rounds_up_but_leaves_full_hours() {
        let full = Utc.with_ymd_and_hms(2026, 1, 1, 5, 0, 0).unwrap();
        assert_eq!(round_up_to_hour(full), full);
        assert_eq!(round_up_to_hour(full + Duration::seconds(1)), full + Duration::hours(1));
    }
}
