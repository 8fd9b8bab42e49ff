//! One sentence about what did not work.

use crate::prelude::*;

/// One sentence about a failed action.
#[component]
pub fn Alert(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <p class="alert" role="alert">
            {text}
        </p>
    }
}
