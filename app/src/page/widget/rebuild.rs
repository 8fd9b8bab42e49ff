//! Rebuilding by hand.

use domain::id::WidgetId;
use domain::notice::Notice;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::api::widget::RebuildWidget;
use crate::erased::changing;
use crate::layout::Announcer;
use crate::page::widget_new::other_problem;

/// Says that the widget waits.
pub fn announce(rebuild: ServerAction<RebuildWidget>, announcer: Announcer) {
    Effect::new(move |_| {
        if matches!(rebuild.value().get(), Some(Ok(()))) {
            announcer.say(Notice::WidgetQueued);
        }
    });
}

/// "Rebuild now".
pub fn form(widget: WidgetId, rebuild: ServerAction<RebuildWidget>) -> AnyView {
    let pending = rebuild.pending();
    view! {
        {changing(move || other_problem(rebuild.value().get()))}
        <ActionForm action=rebuild>
            <input type="hidden" name="widget" value=widget.to_string() />
            <button class="button" type="submit" disabled=pending>
                {changing(move || if pending.get() { text!(widget.rebuilding) } else { text!(widget.rebuild) })}
            </button>
        </ActionForm>
    }
    .into_any()
}
