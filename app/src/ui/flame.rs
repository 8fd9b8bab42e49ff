//! The pilot light: a small flame, lit or out.

use crate::prelude::*;

/// The flame over its burner. Decoration: the words beside it say the same.
#[component]
pub fn Flame(
    /// Whether it burns.
    lit: bool,
) -> impl IntoView {
    let body = if lit {
        view! {
            <path
                class="flame__outer"
                d="M12.4 1.6c.5 3.6 5.9 5.9 5.9 11.6 0 3.7-2.8 6.3-6.3 6.3s-6.3-2.6-6.3-6.2c0-2.9 1.7-4.4 2.7-6.5.5 1.3 1.1 2.1 2 2.5.2-2.9.3-5.3 2-7.7z"
            />
            <path
                class="flame__inner"
                d="M12.1 10.9c.3 2 2.7 2.9 2.7 5.5 0 1.7-1.2 3.1-2.8 3.1s-2.8-1.3-2.8-3c0-2.1 1.8-2.9 2.9-5.6z"
            />
        }
    } else {
        view! {
            <path class="flame__smoke" d="M12 18.5c0-2.5-2-3-2-5.5s3.5-3 3.5-5.5S12 4.5 12 3" />
        }
    };
    view! {
        <svg
            class=if lit { "flame flame--lit" } else { "flame flame--out" }
            viewBox="0 0 24 24"
            width="24"
            height="24"
            aria-hidden="true"
            focusable="false"
        >
            {body}
            <path class="flame__burner" d="M7 21.9h10" />
        </svg>
    }
}
