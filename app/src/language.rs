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

use std::borrow::Cow;

#[cfg(feature = "ssr")]
pub use kept::{COOKIE, Texts, current, find, in_language, speaking, texts_files, texts_path};
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub use loaded::load_texts;
#[cfg(not(feature = "ssr"))]
pub use loaded::{current, find};

/// The text of a key of `locales/*.json`, in the language of the page:
/// `text!(nav.log_out)`, `text!(account.heading, username = name)`. A number at the
/// place `count` chooses between singular and plural.
///
/// A page keeps its language until it is loaded anew, so this tracks nothing.
macro_rules! text {
    ($($key:ident).+) => {
        $crate::language::texts::$($key)::+::text()
    };
    ($($key:ident).+, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::language::texts::$($key)::+::Values { $($name: $crate::language::Value::from($value)),+ }.text()
    };
}

/// How a language counts.
pub struct Rules {
    /// The numbers that take the singular.
    pub one: &'static [u64],
    /// What stands between the thousands.
    pub separator: char,
    /// What stands before the tenths.
    #[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "only embeds shorten numbers"))]
    pub point: char,
    /// The numbers that large ones are counted in.
    #[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "only embeds shorten numbers"))]
    pub units: [u64; 2],
}

/// What stands at a place of a text.
pub enum Value {
    /// As it is.
    Text(String),
    /// Written as the language writes numbers.
    Number(u64),
}

impl Value {
    /// Which form of a text it asks for: the singular's comes first.
    pub fn form(&self) -> usize {
        match self {
            Self::Number(number) if texts::rules(current()).one.contains(number) => 0,
            _ => 1,
        }
    }

    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(self::number(*number)),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

/// A number as the page's language writes it: `1,234`.
pub fn number(number: u64) -> String {
    grouped(number, texts::rules(current()).separator)
}

fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

/// The text of an id, with values at its places.
pub fn fill(id: usize, values: &[(&str, Value)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.written())).collect();
    filled(find(id), &values)
}

/// Puts the values where `{{ name }}` is. What a value says is never read as a place.
fn filled(text: &str, values: &[(&str, Cow<'_, str>)]) -> String {
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

    use domain::language::Language;

    use super::*;

    fn source(folder: &Path) -> String {
        files(folder).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
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
                // `plain_words!` names these alone.
                let named = key.strip_prefix("embed.").is_some_and(|name| source.contains(&format!("\n    {name},\n")));
                assert!(used || named, "nobody uses {key}");
            }
        }
    }

    /// The texts of a language by key, each form for itself.
    fn read(language: &str) -> std::collections::BTreeMap<String, String> {
        fn gather(key: &str, value: &serde_json::Value, into: &mut std::collections::BTreeMap<String, String>) {
            match value {
                serde_json::Value::Object(inner) => {
                    for (name, value) in inner {
                        gather(&format!("{key}.{name}"), value, into);
                    }
                }
                text => drop(into.insert(key.trim_start_matches('.').to_owned(), text.as_str().unwrap().to_owned())),
            }
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.json"));
        let mut texts = std::collections::BTreeMap::new();
        gather("", &serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(), &mut texts);
        texts
    }

    /// Names and signs, and words that two languages share.
    const SAME: [&str; 14] = [
        "brand.name",
        "brand.title",
        "breaks.sites.one",
        "breaks.sites.other",
        "breaks.widgets.one",
        "breaks.widgets.other",
        "home.example_account",
        "nav.widgets",
        "person.zone_usual",
        "preview.auto",
        "settings.screen_tablet",
        "time.utc",
        "widget.back",
        "widgets.heading",
    ];

    #[test]
    fn every_text_is_translated() {
        let english = read("en");
        for language in ["ko", "pt-br"] {
            let own = read(language);
            let same = own.iter().filter(|(key, text)| {
                let words = text
                    .split("{{")
                    .filter_map(|part| part.split_once("}}").map_or(Some(part), |(_, rest)| Some(rest)));
                let has_words = words.flat_map(str::chars).any(char::is_alphabetic);
                has_words && english.get(*key) == Some(*text) && !SAME.contains(&key.as_str())
            });
            let same: Vec<_> = same.map(|(key, text)| format!("{key}: {text}")).collect();
            assert!(same.is_empty(), "{language}: {same:#?}");
        }
    }

    /// After a name, a date or a number nobody knows which form of a particle is right.
    #[test]
    fn no_korean_particle_depends_on_what_stands_at_a_place() {
        const PARTICLES: [&str; 10] = ["은", "는", "이", "가", "을", "를", "과", "와", "으로", "로"];
        const FINE: [&str; 6] = ["이상", "이하", "이후", "이전", "이내", "가지"];
        for (key, text) in read("ko") {
            for after in text.split("}}").skip(1).map(|rest| rest.trim_start_matches(['”', '’', '"', ')'])) {
                let wrong = PARTICLES.iter().any(|particle| after.starts_with(particle));
                assert!(!wrong || FINE.iter().any(|fine| after.starts_with(fine)), "{key}: {text}");
            }
        }
    }

    /// What a person could read stands in the locale files.
    #[test]
    fn no_words_stand_in_the_code() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["src/page", "src/part", "src/ui", "src/layout", "../server/src/http/embed/render"] {
            for file in files(&root.join(folder)) {
                let source = std::fs::read_to_string(&file).unwrap();
                let code = source.split("#[cfg(test)]").next().unwrap();
                for line in code.lines().filter(|line| {
                    !line.trim_start().starts_with("//") && !line.contains("reason = ") && !line.contains(".key() ==")
                }) {
                    let literals = line.split('"').skip(1).step_by(2);
                    let told = literals.filter(|literal| {
                        let mut letters = literal.trim_start().chars();
                        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
                    });
                    assert_eq!(told.collect::<Vec<_>>(), [""; 0], "{}: {line}", file.display());
                }
            }
        }
    }

    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
        let files = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
        files.filter(|path| path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs")).collect()
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_key_finds_its_own_text() {
        assert_eq!(text!(nav.log_out), "Log out");
        assert_eq!(text!(settings.on_screen, screen = "phone", field = "Gap"), "Gap (phone)");
        assert_eq!(text!(breaks.sites, count = 3_u32), "3 sites");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_number_chooses_the_form_and_is_written_as_its_language_does() {
        use leptos::prelude::{Owner, provide_context};

        let told = |language, count: u64| {
            let owner = Owner::new();
            owner.with(|| {
                provide_context(language);
                text!(breaks.widgets, count = count)
            })
        };
        let forms = |language| [0, 1, 2, 12_345].map(|count| told(language, count));
        assert_eq!(forms(Language::En), ["0 widgets", "1 widget", "2 widgets", "12,345 widgets"]);
        assert_eq!(forms(Language::Ko), ["위젯 0개", "위젯 1개", "위젯 2개", "위젯 12,345개"]);
        // Brazilians count nothing as one.
        assert_eq!(forms(Language::PtBr), ["0 widget", "1 widget", "2 widgets", "12.345 widgets"]);
    }

    #[test]
    fn thousands_stand_apart() {
        let all = [0, 12, 123, 1_234, 12_345, 1_234_567].map(|number| grouped(number, '.'));
        assert_eq!(all, ["0", "12", "123", "1.234", "12.345", "1.234.567"]);
    }

    #[test]
    fn values_stand_at_their_places_however_often() {
        let values = [("a", "one".into()), ("b", "{{ a }}".into())];
        assert_eq!(filled("{{ b }}, {{a}} and {{ a }}.", &values), "{{ a }}, one and one.");
        assert_eq!(filled("{{ a }}", &values), "one");
        assert_eq!(filled("“{{ a }}” ✓", &values), "“one” ✓");
    }

    #[test]
    fn other_braces_stay() {
        assert_eq!(filled("{a} {{ a }} } {", &[("a", "one".into())]), "{a} one } {");
        assert_eq!(filled("open {{ a", &[("a", "one".into())]), "open {{ a");
    }
}
