//! The switch between light and dark.

use domain::person::Theme;
use domain::word::Word as _;
use strum::VariantArray as _;

use crate::action::{FormAction, ServerForm};
use crate::api::theme::SetTheme;
use crate::erased::effect;
use crate::prelude::*;
use crate::theme;
use crate::ui::{Icon, Shape};

/// Three buttons in a form; the choice is kept.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let set = FormAction::<SetTheme>::new();
    let painted = theme::current();
    let chosen = Memo::new(move |_| set.answer().and_then(Result::ok).unwrap_or(painted));
    effect(move || {
        let chosen = chosen.get();
        if let Some(html) = document().document_element() {
            let _ = html.set_attribute("data-theme", chosen.word());
        }
    });
    let buttons: Vec<_> = Theme::VARIANTS
        .iter()
        .map(|&theme| {
            let (label, shape) = match theme {
                Theme::System => (text!(theme.system), Shape::Screen),
                Theme::Light => (text!(theme.light), Shape::Sun),
                Theme::Dark => (text!(theme.dark), Shape::Moon),
            };
            view! {
                <button
                    class="switch__item"
                    type="submit"
                    name="theme"
                    value=theme.word()
                    aria-pressed=move || (chosen.get() == theme).to_string()
                    title=label
                >
                    <Icon shape=shape />
                    <span class="visually-hidden">{label}</span>
                </button>
            }
        })
        .collect();
    view! {
        <ServerForm action=set class="switch-form">
            <fieldset class="switch">
                <legend class="visually-hidden">{text!(theme.label)}</legend>
                {buttons}
            </fieldset>
        </ServerForm>
    }
}
