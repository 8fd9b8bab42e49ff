//! A labelled input with its hint and its error.

use crate::erased::changing;
use crate::prelude::*;

/// One line of a form.
#[component]
pub fn Field(
    /// The input's name and id.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// `email`, `password`.
    kind: &'static str,
    /// What the browser may fill in.
    autocomplete: &'static str,
    /// What was typed before.
    #[prop(optional, into)]
    value: Signal<String>,
    /// A word of help.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What stands for it while it is empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described = {
        let (hint_id, error_id) = (hint.map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<String> = error.into_iter().chain(hint_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <input
                class="field__input"
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                value=move || value.get()
                required=!optional
                placeholder=placeholder
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            />
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {changing(move || error.get().map(|text| view! { <p class="field__error" id=error_id.clone()>{text}</p> }))}
        </div>
    }
}
