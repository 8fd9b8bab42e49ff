//! The texts of the server: those of every language.

use super::{Locale, current, texts};

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

impl Locale {
    fn texts(self) -> &'static Texts {
        match self {
            Self::En => &texts::EN,
        }
    }
}

/// The text of an id, in the language of the page.
pub fn find(id: usize) -> &'static str {
    current().texts().list.get(id).copied().unwrap_or_default()
}

/// Where a browser finds the texts of the page's language.
pub fn texts_path() -> &'static str {
    current().texts().path
}

/// The files of texts: each one's name in `/texts/`, and what is in it.
pub fn texts_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    Locale::ALL.into_iter().map(Locale::texts).map(|texts| {
        let name = texts.path.strip_prefix(FOLDER).unwrap_or(texts.path);
        (name, texts.json)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_texts_of_the_server_in_their_order() {
        for (locale, (name, json)) in Locale::ALL.into_iter().zip(texts_files()) {
            let texts = locale.texts();
            assert_eq!(serde_json::from_str::<Vec<String>>(json).unwrap(), texts.list);
            assert_eq!(texts.list.len(), texts::COUNT);
            assert_eq!(texts.path, format!("{FOLDER}{name}"));
            assert!(name.starts_with(locale.code()), "{name}");
        }
    }
}
