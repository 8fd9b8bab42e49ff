//! The manual check: a preview of a widget. Pictures mean that the token works.

mod forms;

use domain::Moment;
use domain::authorization::Intent;
use domain::form::Draft;
use domain::id::AccountId;
use domain::platform::Platform;
use domain::view::{AccountRef, Chosen, PreviewView};
use domain::widget::Scenario;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use self::forms::{Actions, FORM};
use crate::action::FormAction;
use crate::api::preview::LookAtPreview;
use crate::data::renewed;
use crate::draft;
use crate::erased::{changing, effect, waited};
use crate::part::{ProblemPanel, RefreshProblem, TokenTrouble, other_problem, refreshing};
use crate::path;
use crate::prelude::*;
use crate::ui::{Alert, ConnectChoice, Looking, PreviewFrame, ScenarioSwitch, Skeleton, When, refused};
use crate::user::CurrentUser;

/// The section "Check it with a preview".
#[component]
pub fn Preview() -> impl IntoView {
    let user = expect_context::<CurrentUser>();
    // What "Preview" fetched is shown at another address, which asks anew.
    let actions = Actions { refresh: refreshing(), generate: FormAction::new(), going: RwSignal::new(None) };
    let Actions { refresh, generate, going } = actions;
    let navigate = use_navigate();
    effect(move || {
        if let Some(to) = going.get() {
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    });
    effect(move || {
        if let Some(Ok(next)) = generate.answer() {
            going.set(Some(next));
        }
    });
    let query = use_query_map();
    let account =
        Memo::new(move |_| query.with(|query| query.get_str("account").and_then(|id| id.parse::<AccountId>().ok())));
    let look =
        renewed(move || refresh.round() + generate.round(), move || Some(LookAtPreview { account: account.get() }));
    view! {
        <section class="block preview" id="preview" aria-labelledby="preview-heading">
            <h2 id="preview-heading">{text!(preview.heading)}</h2>
            <p class="lead">{text!(preview.lead)}</p>
            <RefreshProblem refresh />
            {changing(move || other_problem(generate.problem()))}
            <Transition fallback=|| view! { <Skeleton cards=1 /> }>
                {waited(move || {
                    let query = query.get();
                    async move {
                        let signed_in = user.me().await.is_some();
                        match look.get().await {
                            Err(error) => view! { <ProblemPanel error /> },
                            Ok(look) => told(signed_in, look, &query, actions),
                        }
                    }
                })}
            </Transition>
        </section>
    }
}

fn told(signed_in: bool, look: PreviewView, query: &ParamsMap, actions: Actions) -> AnyView {
    let PreviewView { accounts, chosen, demo, now } = look;
    match (signed_in, chosen, demo) {
        (true, Some(chosen), _) => of_account(accounts, chosen, now, query, actions),
        (true, None, _) if accounts.is_empty() => view! {
            <p>{text!(preview.connect)}</p>
            <ConnectChoice />
        },
        (true, None, _) => view! { <Alert text=text!(problem.not_found) /> },
        (false, _, true) => of_demo(query),
        (false, _, false) => sign_in(),
    }
}

/// What an address asks for, or what was typed into a form that was refused.
fn asked(query: &ParamsMap, typed: Option<Draft>) -> (Draft, Scenario) {
    let draft = typed.unwrap_or_else(|| draft::gathered(draft::from_query(query)));
    (draft, query.get_str("scenario").and_then(|word| word.parse().ok()).unwrap_or(Scenario::Healthy))
}

fn of_account(accounts: Vec<AccountRef>, chosen: Chosen, now: Moment, query: &ParamsMap, actions: Actions) -> AnyView {
    let (draft, scenario) = asked(query, untrack(|| refused(actions.generate.problem())));
    let looking = Looking::at(chosen.account.id.to_string(), draft.clone(), scenario);
    let active = chosen.token.status.is_active();
    let kept = chosen.posts > 0;
    let late = query.get_str("shown") == Some("0");
    let state = active.then(|| state(&chosen, late, now));
    let seen = (kept || (active && chosen.fetched_at.is_some())).then(|| view! { <PreviewFrame looking /> });
    let well = !chosen.token.needs_somebody();
    let form = forms::check(accounts, &chosen.account, draft, looking, well, actions);
    view! {
        <TokenTrouble
            account=chosen.account
            token=chosen.token
            now=now
            kept=chosen.fetched_at.filter(|_| kept)
            refresh=actions.refresh
        />
        <div class="preview__desk">
            <div class="preview__form">{form}</div>
            <div class="preview__seen">
                {state} {seen}
                <p>
                    <a
                        class="button"
                        href=move || looking.account.with(|account| draft::new_widget(account, &looking.draft.get()))
                    >
                        {text!(preview.like_this)}
                    </a>
                </p>
            </div>
        </div>
        <ScenarioSwitch looking form=FORM />
    }
}

/// What the last fetch said, while the token is active.
fn state(chosen: &Chosen, late: bool, now: Moment) -> AnyView {
    let username = chosen.account.username.clone();
    let text = match (chosen.fetched_at, chosen.posts) {
        (None, 0) => text!(preview.never, username = username),
        _ if late && chosen.token.worries.is_empty() => text!(preview.late).to_owned(),
        _ if late => text!(preview.late_unsure).to_owned(),
        (_, 0) => text!(preview.none, username = username),
        // What is not sure is told above; nothing here may contradict it.
        _ if !chosen.token.worries.is_empty() => String::new(),
        _ => text!(preview.works, username = username),
    };
    let fetched = chosen.fetched_at.map(|at| view! { " " {text!(preview.fetched)} " " <When at=at now=now /> });
    view! { <p class="preview__state" role="status">{text} {fetched}</p> }
}

/// For a stranger, where the sandbox runs.
fn of_demo(query: &ParamsMap) -> AnyView {
    let (draft, scenario) = asked(query, None);
    let looking = Looking::at("demo".to_owned(), draft.clone(), scenario);
    view! {
        <div class="preview__desk">
            <div class="preview__form">{forms::demo(draft, looking)}</div>
            <div class="preview__seen">
                <p class="preview__state">{text!(preview.demo)}</p>
                <PreviewFrame looking />
            </div>
        </div>
        <ScenarioSwitch looking form=FORM />
    }
}

fn sign_in() -> AnyView {
    view! {
        <p>{text!(preview.sign_in)}</p>
        <div class="hero__ways">
            <a class="button" href=path::start(Platform::Instagram, Intent::LogIn) rel="external">
                {text!(login.instagram)}
            </a>
            <a class="button" href=path::start(Platform::Facebook, Intent::LogIn) rel="external">
                {text!(login.facebook)}
            </a>
        </div>
    }
}
