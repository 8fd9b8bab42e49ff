//! The texts of a browser: those of one language, loaded beside the wasm.

use std::sync::OnceLock;

use domain::language::Language;

/// A page keeps its language until it is loaded anew.
static LOADED: OnceLock<Vec<String>> = OnceLock::new();

/// Takes the file of texts that the page names, before anything is rendered.
/// Tells whether it is one, and of this build.
#[cfg(feature = "hydrate")]
pub fn load_texts(json: String) -> bool {
    let texts: Vec<String> = crate::api::read(&json).unwrap_or_default();
    texts.len() == super::texts::COUNT && LOADED.set(texts).is_ok()
}

/// The text of an id.
pub fn find(id: usize) -> &'static str {
    LOADED.get().and_then(|texts| texts.get(id)).map_or("", String::as_str)
}

/// The language of the page: the one that the server wrote it in.
pub fn current() -> Language {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    *LANGUAGE.get_or_init(|| {
        let tag = leptos::prelude::document().document_element().and_then(|html| html.get_attribute("lang"));
        tag.as_deref().and_then(Language::of_tag).unwrap_or_default()
    })
}
