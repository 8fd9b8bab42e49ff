//! Moments as people read them. The moment of the page is an argument, so that
//! the server and the browser write the same words.

use chrono::{Datelike, TimeDelta, Timelike};
use domain::Moment;

/// "23 November 2026, 13:05 UTC".
pub fn utc(at: Moment) -> String {
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    text!(time.utc, day = at.day(), month = month(at), year = at.year(), clock = clock)
}

/// "23 November 2026", in UTC.
pub fn date(at: Moment) -> String {
    text!(time.date, day = at.day(), month = month(at), year = at.year())
}

/// The form that machines read: "2026-11-23T13:05:00Z".
pub fn machine(at: Moment) -> String {
    let (date, time) = (at.date_naive(), at.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// "3 days ago", "in 2 hours".
pub fn relative(at: Moment, now: Moment) -> String {
    let span = (now - at).abs();
    let past = at <= now;
    let (count, unit) = if span < TimeDelta::minutes(1) {
        return text!(time.now).to_owned();
    } else if span < TimeDelta::hours(1) {
        (span.num_minutes(), Unit::Minute)
    } else if span < TimeDelta::hours(24) {
        (span.num_hours(), Unit::Hour)
    } else {
        (span.num_days(), Unit::Day)
    };
    match (past, unit, count) {
        (true, Unit::Minute, 1) => text!(time.minute_ago).to_owned(),
        (true, Unit::Minute, _) => text!(time.minutes_ago, count = count),
        (true, Unit::Hour, 1) => text!(time.hour_ago).to_owned(),
        (true, Unit::Hour, _) => text!(time.hours_ago, count = count),
        (true, Unit::Day, 1) => text!(time.day_ago).to_owned(),
        (true, Unit::Day, _) => text!(time.days_ago, count = count),
        (false, Unit::Minute, 1) => text!(time.in_minute).to_owned(),
        (false, Unit::Minute, _) => text!(time.in_minutes, count = count),
        (false, Unit::Hour, 1) => text!(time.in_hour).to_owned(),
        (false, Unit::Hour, _) => text!(time.in_hours, count = count),
        (false, Unit::Day, 1) => text!(time.in_day).to_owned(),
        (false, Unit::Day, _) => text!(time.in_days, count = count),
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Minute,
    Hour,
    Day,
}

fn month(at: Moment) -> &'static str {
    match at.month() {
        1 => text!(month.m1),
        2 => text!(month.m2),
        3 => text!(month.m3),
        4 => text!(month.m4),
        5 => text!(month.m5),
        6 => text!(month.m6),
        7 => text!(month.m7),
        8 => text!(month.m8),
        9 => text!(month.m9),
        10 => text!(month.m10),
        11 => text!(month.m11),
        _ => text!(month.m12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_reads_as_the_article_promises() {
        assert_eq!(utc(at("2026-11-23T13:05:59Z")), "23 November 2026, 13:05 UTC");
        assert_eq!(machine(at("2026-01-03T03:05:09Z")), "2026-01-03T03:05:09Z");
    }

    #[test]
    fn nearness_is_told_in_the_largest_whole_unit() {
        let now = at("2026-11-23T13:00:00Z");
        assert_eq!(relative(at("2026-11-23T12:59:30Z"), now), "just now");
        assert_eq!(relative(at("2026-11-23T11:30:00Z"), now), "an hour ago");
        assert_eq!(relative(at("2026-11-22T13:00:00Z"), now), "yesterday");
        assert_eq!(relative(at("2026-11-20T12:00:00Z"), now), "3 days ago");
        assert_eq!(relative(at("2026-11-23T13:45:00Z"), now), "in 45 minutes");
        assert_eq!(relative(at("2027-01-22T13:00:00Z"), now), "in 60 days");
    }
}
