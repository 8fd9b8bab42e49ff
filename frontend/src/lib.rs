//! The browser's door: hydrates the pages that the server rendered.

// A page's type nests as deep as the page.
#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the script that leptos puts into every page.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
