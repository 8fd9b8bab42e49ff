//! Answers that come, but not as they were: texts that strict readers of JSON refuse, and lists that lack most.

use crate::state::FaultKind;
use serde_json::Value;

/// Rows that are left of a short list.
const FEW: usize = 5;
/// The texts that are spoilt, the first that is found.
const TEXTS: &[&str] = &["caption", "alt_text", "name", "username", "message", "error_message"];

/// The answer as the fault leaves it.
pub(crate) fn body(kind: FaultKind, whole: &[u8]) -> Vec<u8> {
    match kind {
        FaultKind::ShortList => short(whole),
        FaultKind::HalfEmoji => with_text(whole, br"\ud83d"),
        FaultKind::RawControl => with_text(whole, b"\x01\n\t"),
        FaultKind::BrokenUtf8 => with_text(whole, b"\xff\xf0\x9f\xa5"),
        _ => [b"\xef\xbb\xbf", whole].concat(),
    }
}

fn short(whole: &[u8]) -> Vec<u8> {
    let Ok(mut answer) = serde_json::from_slice::<Value>(whole) else { return whole.to_vec() };
    if let Some(rows) = answer.get_mut("data").and_then(Value::as_array_mut) {
        rows.truncate(FEW);
    }
    if let Some(object) = answer.as_object_mut() {
        object.remove("paging");
    }
    answer.to_string().into_bytes()
}

/// Puts these bytes at the beginning of a text; where the answer has none, into a text of its own.
fn with_text(whole: &[u8], bytes: &[u8]) -> Vec<u8> {
    let place = |key: &&str| {
        let begin = format!("\"{key}\":\"");
        let at = whole.windows(begin.len()).position(|window| window == begin.as_bytes())?;
        Some(at + begin.len())
    };
    match (TEXTS.iter().find_map(place), whole.strip_prefix(b"{")) {
        (Some(at), _) => [&whole[..at], bytes, &whole[at..]].concat(),
        (None, Some(rest)) if !rest.starts_with(b"}") => [b"{\"note\":\"", bytes, b"\",", rest].concat(),
        (None, _) => whole.to_vec(),
    }
}
