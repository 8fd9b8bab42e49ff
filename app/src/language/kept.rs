//! The texts of the server: those of every language.

use domain::language::Language;
use strum::VariantArray as _;

use super::texts;

/// The folder of the files of texts, as browsers see it.
const FOLDER: &str = "/texts/";

/// The texts of a language.
pub struct Texts {
    /// Where a browser finds them. Changes with what they say.
    pub path: &'static str,
    /// What it finds there: the list below, as JSON.
    pub json: &'static str,
    /// By id.
    pub list: &'static [&'static str],
}

/// The cookie's name in which somebody's choice is kept.
pub const COOKIE: &str = "pilotlight_language";

tokio::task_local! {
    static OF_REQUEST: Language;
}

/// Answers a request in this language, also where no page is rendered.
pub fn in_language<F: Future>(language: Language, answer: F) -> impl Future<Output = F::Output> {
    OF_REQUEST.scope(language, answer)
}

/// Makes something in this language.
pub fn speaking<T>(language: Language, make: impl FnOnce() -> T) -> T {
    OF_REQUEST.sync_scope(language, make)
}

/// The language of the page. Call it while rendering, or [`in_language`].
pub fn current() -> Language {
    leptos::prelude::use_context().or_else(|| OF_REQUEST.try_get().ok()).unwrap_or_default()
}

/// The text of an id, in the language of the page.
pub fn find(id: usize) -> &'static str {
    texts::of(current()).list.get(id).copied().unwrap_or_default()
}

/// Where a browser finds the texts of the page's language.
pub fn texts_path() -> &'static str {
    texts::of(current()).path
}

/// The files of texts: each one's name in `/texts/`, and what is in it.
pub fn texts_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    Language::VARIANTS.iter().map(|language| texts::of(*language)).map(|texts| {
        let name = texts.path.strip_prefix(FOLDER).unwrap_or(texts.path);
        (name, texts.json)
    })
}

#[cfg(test)]
mod tests {
    use domain::word::Word as _;

    use super::*;

    #[test]
    fn a_browser_gets_the_texts_of_the_server_in_their_order() {
        for (language, (name, json)) in Language::VARIANTS.iter().zip(texts_files()) {
            let texts = texts::of(*language);
            assert_eq!(serde_json::from_str::<Vec<String>>(json).unwrap(), texts.list[..super::texts::COUNT]);
            assert_eq!(texts.path, format!("{FOLDER}{name}"));
            assert!(name.starts_with(language.word()), "{name}");
        }
    }
}
