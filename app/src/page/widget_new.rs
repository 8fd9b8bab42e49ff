//! `/widgets/new`: making a widget.

use std::sync::Arc;

use domain::view::AccountView;
use domain::widget::{Draft, Scenario};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::PageTitle;
use super::credentials::leave;
use super::problem::ProblemPanel;
use crate::api::account;
use crate::api::widget::CreateWidget;
use crate::erased::{changing, waited};
use crate::ui::{
    Alert, ConnectChoice, Empty, Form, FullSettings, Icon, Looking, PreviewFrame, SettingsProblems, Shape, Skeleton,
    following, refused, settings_problems,
};
use crate::{api, draft, words};

/// "Create widget".
#[component]
pub fn WidgetNew() -> impl IntoView {
    let create = ServerAction::<CreateWidget>::new();
    Effect::new(move |_| {
        if let Some(Ok(next)) = create.value().get() {
            leave(&next);
        }
    });
    let accounts = Resource::new_blocking(|| (), |()| account::list());
    view! {
        <PageTitle text=text!(widgets.create) />
        <a class="back" href="/widgets">
            <Icon shape=Shape::Back />
            {text!(widget.back)}
        </a>
        <Transition fallback=|| view! { <Skeleton cards=2 /> }>
            {waited(move || async move {
                match accounts.await {
                    Err(error) => view! { <ProblemPanel error /> }.into_any(),
                    Ok(accounts) => told(accounts, create),
                }
            })}
        </Transition>
    }
}

fn told(accounts: Vec<AccountView>, create: ServerAction<CreateWidget>) -> AnyView {
    let body = if accounts.is_empty() {
        view! {
            <Empty title=text!(widgets.no_account_title) text=text!(widgets.no_account)>
                <ConnectChoice />
            </Empty>
        }
        .into_any()
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
    .into_any()
}

fn form(accounts: &[AccountView], create: ServerAction<CreateWidget>) -> AnyView {
    let query = use_query_map().get_untracked();
    let asked = query.get("account").filter(|asked| accounts.iter().any(|account| account.id.to_string() == *asked));
    let chosen = asked.or_else(|| accounts.first().map(|account| account.id.to_string())).unwrap_or_default();
    let typed = create.value().with_untracked(|value| refused(value.as_ref()));
    let draft: Draft = match typed {
        Some(typed) => draft::restored(typed, &Draft::default()),
        None => draft::from_query(&query),
    };
    let looking = Looking::at(chosen.clone(), draft.clone(), Scenario::Healthy);
    let follow = following(move |typed| {
        looking.account.set(typed.account);
        looking.draft.set(typed.settings);
    });
    let problems = Signal::derive(move || create.value().with(|value| settings_problems(value.as_ref())));
    let options: Vec<_> = accounts
        .iter()
        .map(|account| {
            let id = account.id.to_string();
            let selected = id == chosen;
            view! {
                <option value=id selected=selected>{format!("@{}", account.username)}</option>
            }
            .into_any()
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
            <ActionForm action=create attr:class="settings" attr:novalidate="novalidate">
                <SettingsProblems problems />
                {changing(move || other_problem(create.value().get()))}
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
            </ActionForm>
        </section>
    }
    .into_any()
}

/// What went wrong with a form of settings, besides its fields.
pub fn other_problem<T>(answer: Option<Result<T, api::ApiError>>) -> Option<AnyView> {
    match answer {
        Some(Err(api::ApiError::Settings { .. }) | Ok(_)) | None => None,
        Some(Err(error)) => Some(view! { <Alert text=words::problem(&error) /> }.into_any()),
    }
}
