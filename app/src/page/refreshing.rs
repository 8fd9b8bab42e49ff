//! The refresh button, its wait and its outcome.

use domain::Moment;
use domain::id::AccountId;
use domain::notice::Notice;
use domain::token::Remedy;
use domain::view::TokenSummary;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::credentials::leave;
use crate::api::token::{Refresh, Refreshed};
use crate::erased::changing;
use crate::layout::Announcer;
use crate::ui::{Alert, When};
use crate::{time, words};

/// The refresh action of a page: says what it did, or leaves for the consent page.
pub fn refreshing() -> ServerAction<Refresh> {
    let refresh = ServerAction::<Refresh>::new();
    let announcer = expect_context::<Announcer>();
    Effect::new(move |_| match refresh.value().get() {
        Some(Ok(Refreshed::Extended)) => announcer.say(Notice::Extended),
        Some(Ok(Refreshed::TryLater)) => announcer.say(Notice::TryLater),
        Some(Ok(Refreshed::Leave(address))) => leave(&address),
        Some(Err(_)) | None => {}
    });
    refresh
}

/// What went wrong with the last refresh.
#[component]
pub fn RefreshProblem(
    /// The page's action.
    refresh: ServerAction<Refresh>,
) -> impl IntoView {
    move || {
        let error = refresh.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()));
        error.map(|error| view! { <Alert text=words::problem(&error) /> })
    }
}

/// The button for one account.
#[component]
pub fn RefreshButton(
    /// The page's action.
    refresh: ServerAction<Refresh>,
    /// Which account.
    account: AccountId,
    /// From when on this page says that extending is possible.
    seen: Moment,
    /// The words on the button.
    label: &'static str,
    /// Whether it is the one primary button of the page.
    primary: bool,
    /// What distinguishes it for screen readers, where there are several.
    #[prop(optional, into)]
    of: Option<String>,
) -> impl IntoView {
    let pending = refresh.pending();
    let mine = move || refresh.input().with(|input| input.as_ref().is_some_and(|input| input.account == account));
    view! {
        <ActionForm action=refresh attr:class="refresh">
            <input type="hidden" name="account" value=account.to_string() />
            <input type="hidden" name="seen" value=time::machine(seen) />
            <input type="hidden" name="back" value=use_location().pathname.get_untracked() />
            // Disabled at the first click, so that a second one sends nothing.
            <button
                class=if primary { "button button--primary" } else { "button" }
                type="submit"
                disabled=pending
                aria-describedby=of
            >
                {changing(move || if pending.get() && mine() { text!(refresh.busy) } else { label })}
            </button>
        </ActionForm>
    }
}

/// What the button will do.
#[component]
pub fn RefreshHint(
    /// The token.
    summary: TokenSummary,
) -> impl IntoView {
    let platform = summary.platform.name();
    let text = match summary.remedy {
        Remedy::Extend => text!(refresh.hint_extend, platform = platform),
        Remedy::Consent(_) => text!(refresh.hint_consent, platform = platform),
    };
    view! { <p class="hint">{text}</p> }
}

/// In the button's place where no button is needed, and from when it will be there.
#[component]
pub fn NothingToDo(
    /// The token.
    summary: TokenSummary,
    /// In few words.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    match summary.expires_at {
        Some(at) => {
            let words = if brief { text!(refresh.none_brief) } else { text!(refresh.none_until) };
            view! { <p class="hint">{words} " " <When at=at day=true /></p> }.into_any()
        }
        None => view! { <p class="hint">{text!(refresh.none_open)}</p> }.into_any(),
    }
}
