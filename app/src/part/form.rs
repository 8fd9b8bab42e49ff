//! What went wrong with a form as a whole.

use crate::api::ApiError;
use crate::prelude::*;
use crate::ui::Alert;
use crate::words;

/// What is wrong with more than one field.
#[component]
pub fn FormAlert(
    /// The sentence.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    move || problem.get().map(|text| view! { <Alert text=text /> })
}

/// What went wrong with a form of settings, besides its fields.
pub fn other_problem(problem: Option<ApiError>) -> Option<AnyView> {
    match problem {
        Some(ApiError::Form { .. }) | None => None,
        Some(error) => Some(view! { <Alert text=words::problem(&error) /> }),
    }
}
