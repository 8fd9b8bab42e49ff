//! The foot of every page.

use super::language_switch::LanguageSwitch;
use super::theme_switch::ThemeSwitch;
use crate::prelude::*;

/// What this site is, its language and its colours.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="foot">
            <div class="foot__inner">
                <p>{text!(brand.tagline)} " " {text!(nav.source)}</p>
                <div class="foot__choices">
                    <LanguageSwitch />
                    <ThemeSwitch />
                </div>
            </div>
        </footer>
    }
}
