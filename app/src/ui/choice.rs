//! A labelled choice between words, with what is usual first.

use crate::erased::changing;
use crate::prelude::*;

/// One line of a form with a choice. Choosing nothing is sent as an empty text.
#[component]
pub fn Choice(
    /// The control's name and id.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What choosing nothing means.
    usual: &'static str,
    /// The words, and what people read for each.
    options: Vec<(String, String)>,
    /// The word that is chosen.
    chosen: String,
    /// What is wrong with it.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let described = {
        let error_id = error_id.clone();
        move || error.with(Option::is_some).then(|| error_id.clone())
    };
    let none = chosen.is_empty();
    let options: Vec<_> = options
        .into_iter()
        .map(|(word, label)| {
            let selected = word == chosen;
            view! { <option value=word selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <select
                class="field__input"
                id=name
                name=name
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            >
                <option value="" selected=none>{usual}</option>
                {options}
            </select>
            {changing(move || error.get().map(|text| view! { <p class="field__error" id=error_id.clone()>{text}</p> }))}
        </div>
    }
}
