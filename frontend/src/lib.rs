//! The browser's door: hydrates the pages that the server rendered.

// A page's type nests as deep as the page.
#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes the page over. Called once by the script of the page, with the file of
/// texts that the page names; `false` where that file is not of this build.
#[wasm_bindgen]
pub fn hydrate(texts: String) -> bool {
    console_error_panic_hook::set_once();
    let fits = app::load_texts(texts);
    if fits {
        leptos::mount::hydrate_lazy(app::App);
    }
    fits
}
