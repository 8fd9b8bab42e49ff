//! The foot of every page.

use super::theme_switch::ThemeSwitch;
use crate::prelude::*;

/// What this site is, and its colours.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="foot">
            <div class="foot__inner">
                <p>{text!(brand.tagline)} " " {text!(nav.source)}</p>
                <ThemeSwitch />
            </div>
        </footer>
    }
}
