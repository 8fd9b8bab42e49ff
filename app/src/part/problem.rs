//! What went wrong with a page, and what to do next.

use leptos_router::hooks::use_location;

use super::{GoTo, NotFound, set_status};
use crate::api::ApiError;
use crate::prelude::*;
use crate::{path, words};

/// In place of what could not be loaded. Whoever is signed out is led to the
/// login, and from there back here.
#[component]
pub fn ProblemPanel(
    /// Why.
    error: ApiError,
) -> impl IntoView {
    let location = use_location();
    let here = location.pathname.get_untracked();
    match error {
        ApiError::SignedOut => view! { <GoTo path=path::login(&here) /> },
        ApiError::NotFound => view! { <NotFound /> },
        error => {
            set_status(match error {
                ApiError::TooMany { .. } => 429,
                ApiError::NotConfigured | ApiError::Busy => 503,
                _ => 500,
            });
            view! {
                <div class="problem" role="alert">
                    <h2 class="problem__title">{text!(problem.heading)}</h2>
                    <p>{words::problem(&error)}</p>
                    <a class="button" href=here rel="external">
                        {text!(problem.again)}
                    </a>
                </div>
            }
        }
    }
}
