//! `/accounts/{id}`: everything about one account's token.

use domain::Moment;
use domain::id::{AccountId, EntryId};
use domain::view::{AccountRef, Spare, TokenView};
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::action::{FormAction, ServerForm};
use crate::api::ApiError;
use crate::api::account::Disconnect;
use crate::api::token::{Refresh, TokenOfAccount};
use crate::data::renewed;
use crate::erased::{changing, effect, waited};
use crate::part::{Button, PageTitle, ProblemPanel, RefreshProblem, TokenSections, leave, refreshing};
use crate::prelude::*;
use crate::ui::{Alert, Icon, Shape, Skeleton, StatusBadge, When};
use crate::words;

/// The account's page.
#[component]
pub fn Account() -> impl IntoView {
    let refresh = refreshing();
    let params = use_params_map();
    let id = move || params.with(|params| params.get_str("id").and_then(|id| id.parse::<AccountId>().ok()));
    let query = use_query_map();
    let after = move || query.with(|query| query.get_str("after")?.parse::<EntryId>().ok());
    let token =
        renewed(move || refresh.round(), move || id().map(|account| TokenOfAccount { account, after: after() }));
    view! {
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || {
                let id = id();
                async move {
                    match token.get().await.and_then(|token| Ok((id.ok_or(ApiError::NotFound)?, token))) {
                        Err(error) => view! { <ProblemPanel error /> },
                        Ok((id, token)) => account_view(id, token, refresh),
                    }
                }
            })}
        </Transition>
    }
}

fn account_view(id: AccountId, token: TokenView, refresh: FormAction<Refresh>) -> AnyView {
    let (this, others): (Vec<_>, Vec<_>) = token.accounts.iter().cloned().partition(|account| account.id == id);
    let username = this.into_iter().next().map(|account| account.username).unwrap_or_default();
    let heading = text!(account.heading, username = username.clone());
    let spares = view! { <Spares spares=token.spares.clone() now=token.now username=username.clone() /> };
    let of = Route::Account(id).address();
    view! {
        <PageTitle text=heading.clone() />
        <a class="back" href=Route::Accounts.address()>
            <Icon shape=Shape::Back />
            {text!(account.back)}
        </a>
        <header class="head">
            <h1>{heading}</h1>
            <a class="button" href=format!("{}?account={id}", Route::NewWidget)>
                {text!(widgets.create)}
            </a>
        </header>
        <RefreshProblem refresh />
        <TokenSections token=focused(token, id) of refresh button=Button::Refresh>
            {spares}
        </TokenSections>
        <Others others />
        <DisconnectForm account=id username />
    }
}

/// The token with this account first: its button repairs this one.
fn focused(mut token: TokenView, id: AccountId) -> TokenView {
    if let Some(place) = token.accounts.iter().position(|account| account.id == id) {
        token.accounts[..=place].rotate_right(1);
    }
    token
}

/// The other tokens that lead to this account.
#[component]
fn Spares(spares: Vec<Spare>, now: Moment, username: String) -> impl IntoView {
    let items: Vec<_> = spares
        .into_iter()
        .map(|Spare { platform, active, next_extension }| {
            let next = next_extension
                .map(|at| view! { <span class="spare__next">{text!(account.spare_next)} " " <When at now /></span> });
            view! {
                <li class="spare">
                    <span>{text!(account.spare, platform = platform.name())}</span>
                    <StatusBadge active />
                    {next}
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="spares-heading">
                <h2 id="spares-heading">{text!(account.spares)}</h2>
                <p class="hint">{text!(account.spares_text, username = username)}</p>
                <ul class="spares">{items}</ul>
            </section>
        }
    })
}

#[component]
fn Others(others: Vec<AccountRef>) -> impl IntoView {
    let items: Vec<_> = others
        .into_iter()
        .map(|other| view! { <li><a href=Route::Account(other.id).address()>"@" {other.username}</a></li> })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="others-heading">
                <h2 id="others-heading">{text!(account.shares)}</h2>
                <ul class="inline-list">{items}</ul>
            </section>
        }
    })
}

/// Names what is lost, and asks.
#[component]
fn DisconnectForm(account: AccountId, username: String) -> impl IntoView {
    let disconnect = FormAction::<Disconnect>::new();
    let pending = disconnect.pending();
    effect(move || {
        if let Some(Ok(next)) = disconnect.answer() {
            leave(&next);
        }
    });
    let problem = changing(move || disconnect.problem().map(|error| view! { <Alert text=words::problem(&error) /> }));
    let confirm = text!(account.disconnect_confirm, username = username.clone());
    view! {
        <details class="danger">
            <summary>{text!(account.disconnect)}</summary>
            <p>{text!(account.disconnect_text, username = username)}</p>
            {problem}
            <ServerForm action=disconnect>
                <input type="hidden" name="account" value=account.to_string() />
                <button class="button button--danger" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(account.busy).to_owned() } else { confirm.clone() })}
                </button>
            </ServerForm>
        </details>
    }
}
