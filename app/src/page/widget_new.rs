//! `/widgets/new`: making a widget.

use std::sync::Arc;

use domain::form::Draft;
use domain::view::AccountRef;
use domain::widget::Scenario;
use leptos_router::hooks::use_query_map;

use crate::action::{FormAction, ServerForm};
use crate::api::account::ChoiceOfAccounts;
use crate::api::widget::CreateWidget;
use crate::data::data;
use crate::draft;
use crate::erased::{changing, effect, waited};
use crate::layout::TYPED;
use crate::part::{PageTitle, ProblemPanel, leave, other_problem};
use crate::prelude::*;
use crate::ui::{
    ConnectChoice, Empty, Form, FullSettings, Icon, Looking, PreviewFrame, SettingsProblems, Shape, Skeleton,
    following, refused, settings_problems,
};

/// "Create widget".
#[component]
pub fn WidgetNew() -> impl IntoView {
    let create = FormAction::<CreateWidget>::new();
    effect(move || {
        if let Some(Ok(next)) = create.answer() {
            leave(&next);
        }
    });
    let query = use_query_map();
    let account = move || query.with(|query| query.get_str("account").and_then(|id| id.parse().ok()));
    let accounts = data(move || Some(ChoiceOfAccounts { account: account() }));
    view! {
        <PageTitle text=text!(widgets.create) />
        <a class="back" href=Route::Widgets.address()>
            <Icon shape=Shape::Back />
            {text!(widget.back)}
        </a>
        <Transition fallback=|| view! { <Skeleton cards=2 /> }>
            {waited(move || async move {
                match accounts.get().await {
                    Err(error) => view! { <ProblemPanel error /> },
                    Ok(accounts) => told(accounts, create),
                }
            })}
        </Transition>
    }
}

fn told(accounts: Vec<AccountRef>, create: FormAction<CreateWidget>) -> AnyView {
    let body = if accounts.is_empty() {
        view! {
            <Empty title=text!(widgets.no_account_title) text=text!(widgets.no_account)>
                <ConnectChoice />
            </Empty>
        }
    } else {
        form(&accounts, create)
    };
    view! {
        <header class="head">
            <div>
                <h1>{text!(widgets.create)}</h1>
                <p class="lead">{text!(widget.new_lead)}</p>
            </div>
        </header>
        {body}
    }
}

fn form(accounts: &[AccountRef], create: FormAction<CreateWidget>) -> AnyView {
    let query = use_query_map().get_untracked();
    let asked = query.get("account").filter(|asked| accounts.iter().any(|account| account.id.to_string() == *asked));
    let chosen = asked.or_else(|| accounts.first().map(|account| account.id.to_string())).unwrap_or_default();
    let typed = untrack(|| refused(create.problem()));
    let draft: Draft = match typed {
        Some(typed) => draft::restored(typed, &Draft::default()),
        None => draft::from_query(&query),
    };
    let looking = Looking::at(chosen.clone(), draft.clone(), Scenario::Healthy);
    let follow = following(move |typed| {
        looking.account.set(typed.account);
        looking.draft.set(typed.settings);
    });
    let problems = Signal::derive(move || settings_problems(create.problem()));
    let options: Vec<_> = accounts
        .iter()
        .map(|account| {
            let id = account.id.to_string();
            let selected = id == chosen;
            view! {
                <option value=id selected=selected>{format!("@{}", account.username)}</option>
            }
        })
        .collect();
    let pending = create.pending();
    view! {
        <section class="block block--first" aria-labelledby="preview-heading">
            <h2 id="preview-heading">{text!(widget.preview)}</h2>
            <PreviewFrame looking />
        </section>
        <section class="block" aria-labelledby="settings-heading" on:input=follow>
            <h2 id="settings-heading">{text!(widget.settings)}</h2>
            <ServerForm action=create class="settings" id=TYPED novalidate=true>
                <SettingsProblems problems />
                {changing(move || other_problem(create.problem()))}
                <div class="field">
                    <label class="field__label" for="field-account">
                        {text!(preview.account)}
                    </label>
                    <select class="field__input" id="field-account" name="account">
                        {options}
                    </select>
                </div>
                <FullSettings form=Form { draft: Arc::new(draft), problems } />
                <button class="button button--primary settings__submit" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(widget.creating) } else { text!(widgets.create) })}
                </button>
            </ServerForm>
        </section>
    }
}
