//! The pages, one module per route.

mod access_token;
mod account;
mod account_list;
mod accounts;
mod credentials;
mod dashboard;
mod deletion;
mod home;
mod lazy;
mod log_in;
mod not_found;
mod problem;
mod refresh_queue;
mod refreshing;
mod sessions;
mod sign_up;
mod token_sections;
mod token_trouble;
mod trouble;
mod widget;
mod widget_new;
mod widgets;

pub use access_token::AccessToken;
pub use account::Account;
pub use accounts::Accounts;
pub use dashboard::Dashboard;
pub use deletion::Deletion;
pub use home::Home;
pub use lazy::{WidgetNewRoute, WidgetRoute, WidgetsRoute};
pub use log_in::LogIn;
pub use not_found::NotFound;
pub use sessions::Sessions;
pub use sign_up::SignUp;
pub use trouble::TroublePage;

use leptos_meta::Title;
use leptos_router::components::Redirect;
use widget::Widget;
use widget_new::WidgetNew;
use widgets::Widgets;

use crate::app::mark_hydrated;
use crate::prelude::*;

/// The document's title. Every page has one, so this also tells that it is alive.
#[component]
fn PageTitle(
    /// The page's own words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    mark_hydrated();
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
