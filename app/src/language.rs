//! The language of the page, and its texts.
//!
//! - [`texts`]: a module for each key of `locales/*.json`, written by `build.rs`.
//! - [`kept`]: where the server has the texts.
//! - [`loaded`]: where a browser has them.

#[cfg(feature = "ssr")]
mod kept;
#[cfg(not(feature = "ssr"))]
mod loaded;
/// What `build.rs` writes.
#[expect(dead_code, reason = "a text may be of one side only; NO_SIDE keeps this true while none is")]
pub mod texts {
    const NO_SIDE: () = ();
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

use std::fmt::Display;

use leptos::prelude::use_context;

#[cfg(feature = "ssr")]
pub use kept::{Texts, find, texts_files, texts_path};
#[cfg(not(feature = "ssr"))]
pub use loaded::find;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub use loaded::load_texts;

/// The text of a key of `locales/*.json`, in the language of the page:
/// `text!(nav.log_out)`, `text!(account.heading, username = name)`.
///
/// A page keeps its language until it is loaded anew, so this tracks nothing.
macro_rules! text {
    ($($key:ident).+) => {
        $crate::language::texts::$($key)::+::text()
    };
    ($($key:ident).+, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::language::texts::$($key)::+::Values { $($name: $crate::language::value($value)),+ }.text()
    };
}

/// A language that pages are told in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Locale {
    /// English, which the keys are taken from.
    #[default]
    En,
}

impl Locale {
    /// All of them.
    #[cfg(feature = "ssr")]
    pub const ALL: [Self; 1] = [Self::En];

    /// Its code, as in `<html lang>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }
}

/// The language of the page. Call it while rendering.
pub fn current() -> Locale {
    use_context().unwrap_or_default()
}

/// Its code, as in `<html lang>`.
pub fn code() -> &'static str {
    current().code()
}

/// What stands at a place of a text.
pub fn value(value: impl Display) -> String {
    value.to_string()
}

/// The text of an id, with values at its places.
pub fn fill(id: usize, values: &[(&str, &str)]) -> String {
    filled(find(id), values)
}

/// Puts the values where `{{ name }}` is. What a value says is never read as a place.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        let Some((place, after)) = behind.split_once("}}") else { break };
        filled.push_str(before);
        if let Some((_, value)) = values.iter().find(|(name, _)| *name == place.trim()) {
            filled.push_str(value);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::filled;

    fn source(folder: &Path) -> String {
        let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { source(&path) } else { std::fs::read_to_string(path).unwrap() }).collect()
    }

    /// A key that is missing does not compile; a key that nobody uses fails here.
    #[test]
    fn every_text_is_used() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let source = source(&root.join("src"));
        let english = std::fs::read_to_string(root.join("locales/en.json")).unwrap();
        let english: serde_json::Value = serde_json::from_str(&english).unwrap();
        for (group, texts) in english.as_object().unwrap() {
            let keys = match texts.as_object() {
                Some(texts) => texts.keys().map(|key| format!("{group}.{key}")).collect(),
                None => vec![group.clone()],
            };
            for key in keys {
                let used = [")", ","].iter().any(|end| source.contains(&format!("text!({key}{end}")));
                assert!(used, "nobody uses {key}");
            }
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_key_finds_its_own_text() {
        assert_eq!(text!(nav.log_out), "Log out");
        assert_eq!(text!(settings.on_screen, screen = "phone", field = "Gap"), "Gap (phone)");
        assert_eq!(text!(breaks.sites, count = 3_u32), "3 sites");
    }

    #[test]
    fn values_stand_at_their_places_however_often() {
        let values = [("a", "one"), ("b", "{{ a }}")];
        assert_eq!(filled("{{ b }}, {{a}} and {{ a }}.", &values), "{{ a }}, one and one.");
        assert_eq!(filled("{{ a }}", &values), "one");
        assert_eq!(filled("“{{ a }}” ✓", &values), "“one” ✓");
    }

    #[test]
    fn other_braces_stay() {
        assert_eq!(filled("{a} {{ a }} } {", &[("a", "one")]), "{a} one } {");
        assert_eq!(filled("open {{ a", &[("a", "one")]), "open {{ a");
    }
}
