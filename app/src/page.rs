//! The pages, one module per route.

mod access_token;
mod account;
mod account_list;
mod accounts;
mod credentials;
mod dashboard;
mod deletion;
mod home;
mod log_in;
mod not_found;
mod problem;
mod refreshing;
mod sessions;
mod sign_up;
mod token_sections;
mod trouble;

pub use access_token::AccessToken;
pub use account::Account;
pub use accounts::Accounts;
pub use dashboard::Dashboard;
pub use deletion::Deletion;
pub use home::Home;
pub use log_in::LogIn;
pub use not_found::NotFound;
pub use sessions::Sessions;
pub use sign_up::SignUp;
pub use trouble::TroublePage;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;

/// The document's title.
#[component]
fn PageTitle(
    /// The page's own words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <Title text=text!(brand.title, page = text) /> }
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

/// Sets the HTTP status of the page that is being rendered on the server.
fn set_status(code: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(code))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = code;
}
