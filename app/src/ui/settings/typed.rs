//! What stands in a form while somebody types.

use domain::widget::Draft;
use leptos::ev::Event;
use leptos::form::FromFormData;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FormData};
use serde::Deserialize;

/// The fields that a preview needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Typed {
    /// The chosen account; empty where the form has no choice.
    #[serde(default)]
    pub account: String,
    /// The look.
    #[serde(default)]
    pub settings: Draft,
}

/// The form around the element of an event.
pub fn typed(event: &Event) -> Option<Typed> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let form = element.closest("form").ok()??;
    let data = FormData::new_with_form(form.unchecked_ref()).ok()?;
    Typed::from_form_data(&data).ok()
}
