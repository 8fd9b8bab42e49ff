//! The look: a live preview, and the form that changes it.

use std::sync::Arc;

use domain::form::Draft;
use domain::notice::Notice;
use domain::view::WidgetView;
use domain::widget::Scenario;

use crate::action::{FormAction, ServerForm};
use crate::api::widget::SaveWidget;
use crate::draft;
use crate::erased::{changing, effect};
use crate::layout::{Announcer, TYPED};
use crate::part::other_problem;
use crate::prelude::*;
use crate::ui::{Form, FullSettings, Looking, PreviewFrame, SettingsProblems, refused, settings_problems};

/// Says that the settings are saved.
pub fn announce(save: FormAction<SaveWidget>, announcer: Announcer) {
    effect(move || {
        if matches!(save.answer(), Some(Ok(()))) {
            announcer.say(Notice::WidgetSaved);
        }
    });
}

/// What the preview begins with: what was typed last, or what is saved.
pub fn looking(widget: &WidgetView, save: FormAction<SaveWidget>) -> Looking {
    let saved = Draft::from(&widget.settings);
    let typed = untrack(|| refused(save.problem()));
    let draft = match typed {
        Some(typed) => draft::restored(typed, &saved),
        None => saved,
    };
    Looking::at(widget.summary.account.id.to_string(), draft, Scenario::Healthy)
}

/// Preview and settings.
pub fn look(widget: &WidgetView, save: FormAction<SaveWidget>, looking: Looking) -> AnyView {
    let draft = looking.draft.get_untracked();
    let follow = looking.follow();
    let problems = Signal::derive(move || settings_problems(save.problem()));
    let pending = save.pending();
    let id = widget.summary.id.to_string();
    let settings = view! {
        <FullSettings form=Form { draft: Arc::new(draft), problems } posts=widget.posts.clone() hide=true />
    };
    // Where the token has to be repaired, that is the one primary button.
    let class = if widget.summary.token_active { "button button--primary" } else { "button" };
    view! {
        <section class="block" aria-labelledby="preview-heading">
            <h2 id="preview-heading">{text!(widget.preview)}</h2>
            <PreviewFrame looking />
        </section>
        <section class="block" aria-labelledby="settings-heading" on:input=follow>
            <h2 id="settings-heading">{text!(widget.settings)}</h2>
            <ServerForm action=save class="settings" id=TYPED novalidate=true>
                <SettingsProblems problems />
                {changing(move || other_problem(save.problem()))}
                <input type="hidden" name="widget" value=id />
                {settings}
                <p class="settings__submit">
                    <button class=class type="submit" disabled=pending>
                        {changing(move || if pending.get() { text!(widget.saving) } else { text!(widget.save) })}
                    </button>
                </p>
            </ServerForm>
        </section>
    }
}
