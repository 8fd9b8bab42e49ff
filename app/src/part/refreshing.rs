//! The refresh button, its wait and its outcome.

use domain::Moment;
use domain::authorization::Intent;
use domain::id::AccountId;
use domain::notice::Notice;
use domain::token::Remedy;
use domain::view::TokenSummary;
use leptos_router::hooks::use_location;

use super::leave;
use crate::action::{FormAction, ServerForm};
use crate::api::token::{Refresh, Refreshed};
use crate::erased::{changing, effect};
use crate::layout::Announcer;
use crate::prelude::*;
use crate::ui::{Alert, When};
use crate::{path, time, words};

/// The refresh action of a page: says what it did, or leaves for the consent page.
pub fn refreshing() -> FormAction<Refresh> {
    let refresh = FormAction::<Refresh>::renewing();
    let announcer = expect_context::<Announcer>();
    effect(move || match refresh.answer() {
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
    refresh: FormAction<Refresh>,
) -> impl IntoView {
    changing(move || refresh.problem().map(|error| view! { <Alert text=words::problem(&error) /> }))
}

/// The button for one account.
#[component]
pub fn RefreshButton(
    /// The page's action.
    refresh: FormAction<Refresh>,
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
    let account = account.to_string();
    let mine = {
        let account = account.clone();
        move || refresh.sent("account", &account)
    };
    view! {
        <ServerForm action=refresh class="refresh">
            <input type="hidden" name="account" value=account />
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
        </ServerForm>
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

/// The way to the consent page beside a button that asks Meta first, for
/// whoever does not want to wait for what comes of that.
#[component]
pub fn SignInAgain(
    /// The token.
    summary: TokenSummary,
    /// Which account.
    account: AccountId,
) -> impl IntoView {
    let beside = summary.needs_somebody() && summary.remedy == Remedy::Extend;
    beside.then(|| {
        let start = path::start(summary.platform, Intent::Refresh(account));
        view! {
            <a class="button" href=start rel="external">
                {text!(refresh.sign_in, platform = summary.platform.name())}
            </a>
        }
    })
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
    match summary.calm_until {
        Some(at) => {
            let words = if brief { text!(refresh.none_brief) } else { text!(refresh.none_until) };
            view! { <p class="hint">{words} " " <When at=at day=true /></p> }
        }
        None => view! { <p class="hint">{text!(refresh.none_open)}</p> },
    }
}
