//! Takes out of Meta's words what must not be kept.

use std::borrow::Cow;

use url::form_urlencoded::byte_serialize;

/// More than any message a person reads, in characters.
const LONGEST: usize = 500;
/// Words are shorter than this; tokens, codes and secrets are longer.
const SHORTEST_UNKNOWN_SECRET: usize = 32;
/// How Meta's tokens begin: Instagram Login, its predecessor, Facebook Login.
const TOKEN_PREFIXES: [&str; 3] = ["IGAA", "IGQ", "EAA"];
const SHORTEST_TOKEN: usize = 8;
const GONE: &str = "…";

/// The message without the secrets of the call, without anything that looks
/// like a token, on one line, and not longer than 500 characters.
pub(crate) fn scrub(message: &str, secrets: &[Cow<'_, str>]) -> String {
    let mut text = message.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let encoded: String = byte_serialize(secret.as_bytes()).collect();
        text = text.replace(secret.as_ref(), GONE).replace(&encoded, GONE);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !is_token_char(c)).unwrap_or(rest.len());
        if end == 0 {
            clean.push(if first.is_control() { ' ' } else { first });
            rest = &rest[first.len_utf8()..];
        } else {
            let (run, after) = rest.split_at(end);
            clean.push_str(if is_secret(run) { GONE } else { run });
            rest = after;
        }
    }
    match clean.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}{GONE}", &clean[..cut]),
        None => clean,
    }
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_|%~+".contains(c)
}

fn is_secret(run: &str) -> bool {
    let like_a_token = TOKEN_PREFIXES.iter().any(|prefix| run.starts_with(prefix) && run.len() >= SHORTEST_TOKEN);
    like_a_token || run.len() >= SHORTEST_UNKNOWN_SECRET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secrets_of_the_call_are_removed_plain_and_encoded() {
        let secrets = [Cow::from("app|s3cret"), Cow::from("")];
        assert_eq!(scrub("a app|s3cret b app%7Cs3cret c", &secrets), "a … b … c");
    }

    #[test]
    fn anything_like_a_token_is_removed() {
        let hex = "0123456789abcdef0123456789abcdef";
        assert_eq!(scrub(&format!("token=IGAAabc-_1, (EAAxyz123) {hex}."), &[]), "token=…, (…) ….");
    }

    #[test]
    fn words_stay() {
        let text = "Error validating access token: Session has expired on Tuesday, 28-Sep-21 03:00:00 PDT. (#80002)";
        assert_eq!(scrub(text, &[]), text);
        assert_eq!(scrub("EAA is short, é stays", &[]), "EAA is short, é stays");
    }

    #[test]
    fn a_message_is_one_line_of_bounded_length() {
        assert_eq!(scrub("a\nb\u{1b}[c", &[]), "a b [c");
        let long = scrub(&"é ".repeat(10_000), &[]);
        assert_eq!(long.chars().count(), LONGEST + 1);
        let cut_inside_a_token = format!("{} IGAA{}", "x ".repeat(240), "y".repeat(100));
        assert!(!scrub(&cut_inside_a_token, &[]).contains("IGAA"));
    }
}
