//! `/accounts/{id}`: everything about one account's token.

use domain::id::AccountId;
use domain::view::{AccountRef, TokenView};
use leptos_router::hooks::use_params_map;

use crate::action::{FormAction, ServerForm};
use crate::api::ApiError;
use crate::api::account::Disconnect;
use crate::api::token::TokenOfAccount;
use crate::data::data;
use crate::erased::{changing, waited};
use crate::part::{Button, PageTitle, ProblemPanel, RefreshProblem, TokenSections, leave, refreshing};
use crate::prelude::*;
use crate::ui::{Alert, Icon, Shape, Skeleton};
use crate::words;

/// The account's page.
#[component]
pub fn Account() -> impl IntoView {
    let refresh = refreshing();
    let params = use_params_map();
    let id = move || params.with(|params| params.get_str("id").and_then(|id| id.parse::<AccountId>().ok()));
    let token = data(move || (id().map(|account| TokenOfAccount { account }), refresh.round()));
    view! {
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || {
                let id = id();
                async move {
                match token.get().await.and_then(|token| Ok((id.ok_or(ApiError::NotFound)?, token))) {
                    Err(error) => view! { <ProblemPanel error /> },
                    Ok((id, token)) => {
                        let (this, others): (Vec<_>, Vec<_>) =
                            token.accounts.iter().cloned().partition(|account| account.id == id);
                        let username = this.into_iter().next().map(|account| account.username).unwrap_or_default();
                        let heading = text!(account.heading, username = username.clone());
                        view! {
                            <PageTitle text=heading.clone() />
                            <a class="back" href="/accounts">
                                <Icon shape=Shape::Back />
                                {text!(account.back)}
                            </a>
                            <header class="head">
                                <h1>{heading}</h1>
                            </header>
                            <RefreshProblem refresh />
                            <TokenSections token=focused(token, id) refresh button=Button::Refresh />
                            <Others others />
                            <DisconnectForm account=id username />
                        }
                    }
                }
                }
            })}
        </Transition>
    }
}

/// The token with this account first: its button repairs this one.
fn focused(mut token: TokenView, id: AccountId) -> TokenView {
    if let Some(place) = token.accounts.iter().position(|account| account.id == id) {
        token.accounts[..=place].rotate_right(1);
    }
    token
}

#[component]
fn Others(others: Vec<AccountRef>) -> impl IntoView {
    let items: Vec<_> = others
        .into_iter()
        .map(|other| view! { <li><a href=format!("/accounts/{}", other.id)>"@" {other.username}</a></li> })
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
    Effect::new(move |_| {
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
