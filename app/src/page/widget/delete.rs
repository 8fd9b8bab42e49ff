//! Destroying a widget: names what is lost, and asks.

use domain::id::WidgetId;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::api::widget::DeleteWidget;
use crate::erased::changing;
use crate::page::credentials::leave;
use crate::page::widget_new::other_problem;

/// "Delete this widget".
pub fn form(widget: WidgetId, name: String) -> AnyView {
    let delete = ServerAction::<DeleteWidget>::new();
    let pending = delete.pending();
    Effect::new(move |_| {
        if let Some(Ok(next)) = delete.value().get() {
            leave(&next);
        }
    });
    let confirm = text!(widget.delete_confirm, name = name.clone());
    view! {
        <details class="danger">
            <summary>{text!(widget.delete)}</summary>
            <p>{text!(widget.delete_text, name = name)}</p>
            {changing(move || other_problem(delete.value().get()))}
            <ActionForm action=delete>
                <input type="hidden" name="widget" value=widget.to_string() />
                <button class="button button--danger" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(widget.deleting).to_owned() } else { confirm.clone() })}
                </button>
            </ActionForm>
        </details>
    }
    .into_any()
}
