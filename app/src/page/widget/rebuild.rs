//! Rebuilding by hand.

use domain::id::WidgetId;
use domain::notice::Notice;

use crate::action::{FormAction, ServerForm};
use crate::api::widget::RebuildWidget;
use crate::erased::{changing, effect};
use crate::layout::Announcer;
use crate::part::other_problem;
use crate::prelude::*;

/// Says that the widget waits.
pub fn announce(rebuild: FormAction<RebuildWidget>, announcer: Announcer) {
    effect(move || {
        if matches!(rebuild.answer(), Some(Ok(()))) {
            announcer.say(Notice::WidgetQueued);
        }
    });
}

/// "Rebuild now".
pub fn form(widget: WidgetId, rebuild: FormAction<RebuildWidget>) -> AnyView {
    let pending = rebuild.pending();
    view! {
        {changing(move || other_problem(rebuild.problem()))}
        <ServerForm action=rebuild>
            <input type="hidden" name="widget" value=widget.to_string() />
            <button class="button" type="submit" disabled=pending>
                {changing(move || if pending.get() { text!(widget.rebuilding) } else { text!(widget.rebuild) })}
            </button>
        </ServerForm>
    }
}
