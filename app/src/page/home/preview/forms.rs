//! The forms beside the frame.

use std::sync::Arc;

use domain::form::Draft;
use domain::view::AccountRef;

use crate::action::{FormAction, ServerForm};
use crate::api::preview::Generate;
use crate::api::token::Refresh;
use crate::draft;
use crate::erased::changing;
use crate::prelude::*;
use crate::ui::{CompactSettings, Form, Looking, SettingsProblems, following, settings_problems};

/// The form whose fields a scenario takes along.
pub use crate::layout::TYPED as FORM;

/// What the page does, and where it goes.
#[derive(Clone, Copy)]
pub struct Actions {
    pub refresh: FormAction<Refresh>,
    pub generate: FormAction<Generate>,
    pub going: RwSignal<Option<String>>,
}

/// With one's own account: “Preview” uses the token.
pub fn check(
    accounts: Vec<AccountRef>,
    chosen: &AccountRef,
    draft: Draft,
    looking: Looking,
    primary: bool,
    actions: Actions,
) -> AnyView {
    let Actions { generate, going, .. } = actions;
    let pending = generate.pending();
    let problems = Signal::derive(move || settings_problems(generate.problem()));
    let follow = following(move |typed| {
        if looking.account.with_untracked(|account| *account != typed.account) {
            going.set(Some(draft::home(&typed.account, &typed.settings)));
        }
        looking.draft.set(typed.settings);
    });
    let options: Vec<_> = accounts
        .into_iter()
        .map(|account| {
            view! {
                <option value=account.id.to_string() selected=account.id == chosen.id>{format!("@{}", account.username)}</option>
            }
        })
        .collect();
    let class = if primary { "button button--primary button--wide" } else { "button button--wide" };
    view! {
        <div on:input=follow>
            <ServerForm action=generate class="form" id=FORM novalidate=true>
                <SettingsProblems problems compact=true />
                <div class="field">
                    <label class="field__label" for="field-account">
                        {text!(preview.account)}
                    </label>
                    <select class="field__input" id="field-account" name="account">
                        {options}
                    </select>
                </div>
                <CompactSettings form=Form { draft: Arc::new(draft), problems } />
                <button class=class type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(preview.busy) } else { text!(preview.button) })}
                </button>
                <noscript inner_html=format!(
                    "<button class=\"button button--wide\" formmethod=\"get\" formaction=\"/#preview\">{}</button>",
                    text!(preview.show)
                )></noscript>
            </ServerForm>
        </div>
    }
}

/// With the demo account: nothing is asked of anybody.
pub fn demo(draft: Draft, looking: Looking) -> AnyView {
    let problems = Signal::derive(Vec::new);
    view! {
        <form
            class="form"
            id=FORM
            method="get"
            action="/#preview"
            novalidate="novalidate"
            on:input=looking.follow()
        >
            <CompactSettings form=Form { draft: Arc::new(draft), problems } />
            <button class="button button--wide" type="submit">
                {text!(preview.button)}
            </button>
        </form>
    }
}
