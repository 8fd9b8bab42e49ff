//! A page as the browser knows it: its title, its status, and the way out of it.

use leptos_meta::Title;
use leptos_router::components::Redirect;

use crate::erased::effect;
use crate::prelude::*;

/// The document's title. Every page has one, so this also tells that it is alive.
#[component]
pub fn PageTitle(
    /// The page's own words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    mark_hydrated();
    view! { <Title text=text!(brand.title, page = text) /> }
}

/// Tells the end-to-end tests that the page has come alive. Each page's
/// title calls it, since some pages are loaded after the app.
fn mark_hydrated() {
    effect(|| {
        if let Some(html) = document().document_element() {
            // Refused only for names that are no attributes.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
}

/// Goes to another page of this site at once.
#[component]
pub fn GoTo(
    /// Where.
    path: String,
) -> impl IntoView {
    // leptos sends this status to those who accept HTML only.
    set_status(302);
    view! { <Redirect path /> }
}

/// Leaves for an address as the browser itself would.
pub fn leave(address: &str) {
    // Fails only for addresses that cannot be parsed; ours can.
    let _ = window().location().assign(address);
}

/// Sets the HTTP status of the page that is being rendered on the server.
pub fn set_status(code: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(code))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = code;
}
