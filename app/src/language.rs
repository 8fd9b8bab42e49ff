//! The language of the page, and its texts.

mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

use leptos::prelude::use_context;

pub use generated::i18n::Locale;

/// The text of a key of `locales/*.json`, in the language of the page:
/// `text!(nav.log_out)`, `text!(account.heading, username = name)`.
///
/// A page keeps its language until it is loaded anew, so this tracks nothing.
macro_rules! text {
    ($($key:tt)*) => {
        leptos_i18n::td_string!($crate::language::current(), $($key)*)
    };
}

/// The language of the page. Call it while rendering.
pub fn current() -> Locale {
    use_context().unwrap_or_default()
}

/// Its code, as in `<html lang>`.
pub fn code() -> &'static str {
    leptos_i18n::Locale::as_str(current())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
}
