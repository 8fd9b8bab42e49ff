//! Words: what strangers wrote, made fit to be shown, and numbers people read.

use domain::Moment;
use domain::feed::Post;

/// Text without characters that control something: those that turn the
/// direction of all that follows, and those no eye sees. Line breaks stay.
pub fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| (!c.is_control() || *c == '\n') && !turns(*c)).collect()
}

/// A caption with its line breaks; of several empty lines one stays.
pub fn caption(text: &str) -> String {
    let text = plain(text);
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// What stands for a picture that somebody cannot see.
pub fn alternative(post: &Post, username: &str) -> String {
    match post.alt() {
        Some(words) => plain(&words),
        None => format!("Post by @{}, {}", plain(username), date(post.facts.at)),
    }
}

/// A day as people write it: 3 November 2026.
pub fn date(at: Moment) -> String {
    at.format("%-d %B %Y").to_string()
}

/// A number that fits a corner: 9,999, then 12.3K, then 4.5M.
pub fn compact(number: u64) -> String {
    let short = |unit: u64, letter: char| {
        let (whole, tenth) = (number / unit, number % unit / (unit / 10));
        if tenth == 0 || whole >= 100 { format!("{whole}{letter}") } else { format!("{whole}.{tenth}{letter}") }
    };
    match number {
        0..1_000 => number.to_string(),
        1_000..10_000 => format!("{},{:03}", number / 1_000, number % 1_000),
        10_000..1_000_000 => short(1_000, 'K'),
        _ => short(1_000_000, 'M'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_a_corner() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_005, "1,005"),
            (12_345, "12.3K"),
            (20_000, "20K"),
            (345_678, "345K"),
            (4_560_000, "4.5M"),
        ] {
            assert_eq!(compact(number), text);
        }
    }

    #[test]
    fn line_breaks_stay_and_nothing_turns_around() {
        assert_eq!(caption("  one \r\n\r\n\n.\n two\u{202E}\u{0} \n\n"), "one\n\n.\ntwo");
        assert_eq!(plain("a\u{2066}b\u{7}"), "ab");
    }
}
