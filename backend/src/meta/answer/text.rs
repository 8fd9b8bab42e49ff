//! From the bytes of an answer to text that a strict reader of JSON takes.
//!
//! One bad character of a caption must not cost the whole answer. Meta's JSON
//! has held half of an emoji (`\ud83d` without its other half), raw control
//! characters, a byte order mark and broken UTF-8. What cannot be read becomes
//! U+FFFD; everything else says what it said. What is no JSON stays none.

#[cfg(test)]
mod tests;

use std::iter::Peekable;
use std::str::Chars;

const LOST: char = char::REPLACEMENT_CHARACTER;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of an answer, readable wherever it can be. No string in it holds a
/// NUL, which PostgreSQL does not store.
pub(in crate::meta) fn readable(bytes: &[u8]) -> String {
    let text = decoded(bytes);
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push('"');
            }
            '\\' if in_string => escape(&mut chars, &mut out),
            '\0' if in_string => out.push(LOST),
            '\0'..='\u{1f}' if in_string => push_unit(&mut out, u16::try_from(u32::from(c)).unwrap_or_default()),
            '\0'..='\u{1f}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// UTF-8, or UTF-16 where a mark says so.
fn decoded(bytes: &[u8]) -> String {
    let units = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Behind a backslash within a string.
fn escape(chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    match chars.peek().copied() {
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
            chars.next();
            out.push('\\');
            out.push(c);
        }
        Some('u') => match unit(chars) {
            Some(0) => out.push(LOST),
            Some(first @ 0xd800..=0xdbff) => match following_half(chars) {
                Some(second) => {
                    push_unit(out, first);
                    push_unit(out, second);
                }
                None => out.push(LOST),
            },
            Some(0xdc00..=0xdfff) => out.push(LOST),
            Some(unit) => push_unit(out, unit),
            None => out.push_str("\\\\"),
        },
        // A backslash that begins nothing stands for itself.
        _ => out.push_str("\\\\"),
    }
}

/// The unit of `uXXXX`; takes it only where it is whole.
fn unit(chars: &mut Peekable<Chars<'_>>) -> Option<u16> {
    let mut ahead = chars.clone();
    if ahead.next() != Some('u') {
        return None;
    }
    let mut unit = 0;
    for _ in 0..4 {
        unit = unit * 16 + ahead.next()?.to_digit(16)?;
    }
    *chars = ahead;
    u16::try_from(unit).ok()
}

/// The second half of a pair, which must come at once.
fn following_half(chars: &mut Peekable<Chars<'_>>) -> Option<u16> {
    let mut ahead = chars.clone();
    if ahead.next() != Some('\\') {
        return None;
    }
    let second = unit(&mut ahead).filter(|unit| (0xdc00..=0xdfff).contains(unit))?;
    *chars = ahead;
    Some(second)
}

fn push_unit(out: &mut String, unit: u16) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        out.push(char::from_digit(u32::from(unit >> shift) & 0xf, 16).unwrap_or('0'));
    }
}
