use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn parse(bytes: &[u8]) -> Option<Value> {
    serde_json::from_str(&readable(bytes)).ok()
}

fn caption(inside: &[u8]) -> Option<String> {
    let body = [b"{\"caption\":\"".as_slice(), inside, b"\",\"id\":\"1\"}".as_slice()].concat();
    let value = parse(&body)?;
    assert_eq!(value["id"], "1", "what stands behind is read as well");
    value["caption"].as_str().map(str::to_owned)
}

#[test]
fn what_strict_json_refuses_is_read() {
    let table: &[(&[u8], &str)] = &[
        (br"a \ud83d b", "a \u{fffd} b"),
        (br"a \ud83e\udd50 \udd50\ud83e b", "a 🥐 \u{fffd}\u{fffd} b"),
        (br"\ud83d\ud83e\udd50", "\u{fffd}🥐"),
        (br"\ud83d\n\uD83D", "\u{fffd}\n\u{fffd}"),
        (br"\ud83d\\udd50", "\u{fffd}\\udd50"),
        (b"one\ntwo\tthree\x01", "one\ntwo\tthree\x01"),
        (b"a\0b\\u0000c", "a\u{fffd}b\u{fffd}c"),
        (b"caf\xe9 \xf0\x9f\xa5", "caf\u{fffd} \u{fffd}"),
        (b"\xf0\x9f\xa5\x90 \xed\xa0\xbd", "🥐 \u{fffd}\u{fffd}\u{fffd}"),
        (br"it\'s \x41 \u12", "it\\'s \\x41 \\u12"),
        (br#"a\/b \"c\" \\"#, "a/b \"c\" \\"),
        ("\u{feff}inside".as_bytes(), "\u{feff}inside"),
    ];
    for (inside, expected) in table {
        assert_eq!(caption(inside).as_deref(), Some(*expected), "{}", String::from_utf8_lossy(inside));
    }
}

#[test]
fn a_mark_before_the_answer_is_no_part_of_it() {
    let sound = json!({"id": "1", "name": "é"});
    let text = sound.to_string();
    assert_eq!(parse(format!("\u{feff}{text}").as_bytes()), Some(sound.clone()));
    let little: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!((parse(&little), parse(&big)), (Some(sound.clone()), Some(sound.clone())));
    assert_eq!(parse(format!("\0 {text}\x0b").as_bytes()), Some(sound));
}

#[test]
fn what_is_no_json_stays_none() {
    for body in ["", "for (;;);{\"id\":\"1\"}", "<html>", "{\"id\":", "id", "{\"id\":\"1\\\"}", "{'id':1}"] {
        assert_eq!(parse(body.as_bytes()), None, "{body}");
    }
}

fn values() -> impl Strategy<Value = Value> {
    let text = "(?s).{0,12}".prop_map(|text| text.replace('\0', "0"));
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(|b| json!(b)),
        any::<i64>().prop_map(|n| json!(n)),
        text.clone().prop_map(|text| json!(text))
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(text.clone(), inner, 0..6).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #[test]
    fn sound_json_says_what_it_said(value in values(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        prop_assert_eq!(parse(text.as_bytes()), Some(value));
    }

    #[test]
    fn whatever_stands_in_a_string_costs_no_more_than_itself(inside in proptest::collection::vec(any::<u8>(), 0..60)) {
        let inside: Vec<u8> = inside.into_iter().filter(|byte| !b"\"\\".contains(byte)).collect();
        let expected = String::from_utf8_lossy(&inside).replace('\0', "\u{fffd}");
        prop_assert_eq!(caption(&inside), Some(expected));
    }

    #[test]
    fn escaped_units_are_read_as_utf_16(units in proptest::collection::vec(
        prop_oneof![any::<u16>(), 0xd800u16..0xe000, 0x20u16..0x7f], 0..20,
    )) {
        let escaped: String = units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
        let expected = String::from_utf16_lossy(&units).replace('\0', "\u{fffd}");
        prop_assert_eq!(caption(escaped.as_bytes()), Some(expected));
    }

    #[test]
    fn no_bytes_are_too_strange_and_twice_is_once(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let once = readable(&bytes);
        prop_assert_eq!(readable(once.as_bytes()), once);
    }
}
