//! What stands in a form while somebody types.

use domain::form::Draft;
use leptos::ev::Event;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::js_sys::{Array, try_iter};
use leptos::web_sys::{Element, FormData};

use crate::draft;

/// The fields that a preview needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// The chosen account; empty where the form has no choice.
    pub account: String,
    /// The look.
    pub settings: Draft,
}

/// The form around the element of an event.
pub fn typed(event: &Event) -> Option<Typed> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let form = element.closest("form").ok()??;
    let data = FormData::new_with_form(form.unchecked_ref()).ok()?;
    let mut typed = Typed::default();
    for pair in try_iter(&data).ok()?? {
        let pair: Array = pair.ok()?.dyn_into().ok()?;
        let (Some(name), Some(text)) = (pair.get(0).as_string(), pair.get(1).as_string()) else { continue };
        if name == "account" {
            typed.account = text;
        } else if let Some(field) = draft::field(&name) {
            typed.settings.0.insert(field.to_owned(), text);
        }
    }
    Some(typed)
}
