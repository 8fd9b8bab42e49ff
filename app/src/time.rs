//! Moments as people read them. The moment of the page is an argument, so that
//! the server and the browser write the same words.

use chrono::{Datelike, TimeDelta, Timelike};
use domain::Moment;

use crate::language::{Value, fill, texts};

/// "23 November 2026, 13:05 UTC".
pub fn utc(at: Moment) -> String {
    text!(time.utc, date = date(at), clock = format!("{:02}:{:02}", at.hour(), at.minute()))
}

/// "23 November 2026", in UTC.
pub fn date(at: Moment) -> String {
    let values = [("day", at.day().to_string()), ("year", at.year().to_string())];
    fill(texts::MONTHS + at.month0() as usize, &values.map(|(name, value)| (name, Value::from(value))))
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
    let whole = |count: i64| count.unsigned_abs();
    if span < TimeDelta::minutes(1) {
        text!(time.now).to_owned()
    } else if span < TimeDelta::hours(1) {
        let count = whole(span.num_minutes());
        if past { text!(time.minutes_ago, count = count) } else { text!(time.in_minutes, count = count) }
    } else if span < TimeDelta::hours(24) {
        let count = whole(span.num_hours());
        if past { text!(time.hours_ago, count = count) } else { text!(time.in_hours, count = count) }
    } else {
        let count = whole(span.num_days());
        if past { text!(time.days_ago, count = count) } else { text!(time.in_days, count = count) }
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
