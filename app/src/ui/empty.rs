//! Nothing here yet, and what to do first.

use super::Flame;
use crate::prelude::*;

/// The panel of an empty page.
#[component]
pub fn Empty(
    /// What is missing.
    title: &'static str,
    /// What to do first.
    text: &'static str,
    /// The way to do it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Flame lit=false />
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            {children()}
        </div>
    }
}
