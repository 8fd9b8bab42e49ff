//! The place of what is still loading.

use crate::prelude::*;

/// Grey bars of about the size of what comes.
#[component]
pub fn Skeleton(
    /// How many cards are expected.
    #[prop(default = 2)]
    cards: usize,
) -> impl IntoView {
    let cards: Vec<_> = (0..cards)
        .map(|_| {
            view! {
                <div class="skeleton__card">
                    <span class="skeleton__bar skeleton__bar--short"></span>
                    <span class="skeleton__bar"></span>
                    <span class="skeleton__bar"></span>
                </div>
            }
        })
        .collect();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{text!(loading)}</span>
            {cards}
        </div>
    }
}
