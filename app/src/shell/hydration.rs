//! When a page comes alive: at once, but for the front page, which most
//! visitors only read.

use axum::http::request::Parts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// Loads the wasm.
#[component]
pub fn Hydration(options: LeptosOptions) -> impl IntoView {
    let front_page = use_context::<Parts>().is_some_and(|parts| parts.uri.path() == "/");
    if !front_page {
        return view! { <HydrationScripts options /> }.into_any();
    }
    // What stands in a template neither loads nor runs. And an owner of its own
    // keeps leptos from asking the browser for the lazy part beforehand.
    let scripts = Owner::new().with(|| view! { <HydrationScripts options /> }.into_any());
    view! {
        <template id="hydration">{scripts}</template>
        <script nonce=use_nonce()>{include_str!("first_sign.js")}</script>
    }
    .into_any()
}
