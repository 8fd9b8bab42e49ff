//! The pilot light: a small flame, lit or out.

use crate::prelude::*;

/// The flame over its burner. Decoration: the words beside it say the same. It
/// is drawn once per document (see `shell`), because a list has one in each row.
#[component]
pub fn Flame(
    /// Whether it burns.
    lit: bool,
) -> impl IntoView {
    view! {
        <svg class="flame" width="24" height="24" aria-hidden="true" focusable="false">
            <use href=if lit { "#flame-lit" } else { "#flame-out" } />
        </svg>
    }
}
