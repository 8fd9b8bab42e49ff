//! What strangers wrote, made fit to be shown.

use app::EmbedWords;
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
pub fn alternative(post: &Post, username: &str, own: EmbedWords) -> String {
    match post.alt() {
        Some(words) => plain(&words),
        None => own.post_by(&plain(username), post.facts.at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_stay_and_nothing_turns_around() {
        assert_eq!(caption("  one \r\n\r\n\n.\n two\u{202E}\u{0} \n\n"), "one\n\n.\ntwo");
        assert_eq!(plain("a\u{2066}b\u{7}"), "ab");
    }
}
