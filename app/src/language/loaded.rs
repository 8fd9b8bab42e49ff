//! The texts of a browser: those of one language, loaded beside the wasm.

use std::sync::OnceLock;

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
