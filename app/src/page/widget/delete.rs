//! Destroying a widget: names what is lost, and asks.

use domain::id::WidgetId;

use crate::action::{FormAction, ServerForm};
use crate::api::widget::DeleteWidget;
use crate::erased::{changing, effect};
use crate::part::{leave, other_problem};
use crate::prelude::*;

/// "Delete this widget".
pub fn form(widget: WidgetId, name: String) -> AnyView {
    let delete = FormAction::<DeleteWidget>::new();
    let pending = delete.pending();
    effect(move || {
        if let Some(Ok(next)) = delete.answer() {
            leave(&next);
        }
    });
    let confirm = text!(widget.delete_confirm, name = name.clone());
    view! {
        <details class="danger">
            <summary>{text!(widget.delete)}</summary>
            <p>{text!(widget.delete_text, name = name)}</p>
            {changing(move || other_problem(delete.problem()))}
            <ServerForm action=delete>
                <input type="hidden" name="widget" value=widget.to_string() />
                <button class="button button--danger" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(widget.deleting).to_owned() } else { confirm.clone() })}
                </button>
            </ServerForm>
        </details>
    }
}
