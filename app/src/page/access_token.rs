//! `/access-token`: "My access token", and the accounts that one looks after for others.

use domain::authorization::Intent;
use domain::id::EntryId;
use domain::page::Page;
use domain::platform::Platform;
use domain::view::{AccountView, Mine, QueueView, TokenView};
use leptos_router::hooks::use_query_map;

use crate::action::FormAction;
use crate::api::token::{MyTokens, Refresh, TokensOf};
use crate::data::renewed;
use crate::erased::waited;
use crate::part::{
    AccountList, Button, NoAccounts, PageTitle, ProblemPanel, RefreshProblem, RefreshQueue, TokenSections, refreshing,
    way_to_all,
};
use crate::path;
use crate::prelude::*;
use crate::ui::{Flame, Skeleton, StatusBadge};

/// "My access token".
#[component]
pub fn AccessToken() -> impl IntoView {
    let refresh = refreshing();
    let query = use_query_map();
    let after = move || query.with(|query| query.get_str("after")?.parse::<EntryId>().ok());
    let tokens = renewed(move || refresh.round(), move || Some(MyTokens { after: after() }));
    view! {
        <PageTitle text=text!(token.heading) />
        <Transition fallback=|| view! { <Skeleton /> }>
            {waited(move || async move {
                match tokens.get().await {
                    Err(error) => view! { <ProblemPanel error /> },
                    Ok(None) => view! { <SignedOut /> },
                    Ok(Some(TokensOf { own, others, queue })) => view! { <SignedIn own others queue refresh /> },
                }
            })}
        </Transition>
    }
}

/// For the account's owner without any login here.
#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <div class="public">
            <Flame lit=true />
            <h1>{text!(token.heading)}</h1>
            <p class="lead">{text!(token.signed_out)}</p>
            <p>{text!(token.signed_out_how)}</p>
            <a class="button button--primary" href=path::start(Platform::Instagram, Intent::Public) rel="external">
                {text!(refresh.public)}
            </a>
            <p class="hint">
                {text!(token.signed_out_facebook)} " "
                <a href=path::start(Platform::Facebook, Intent::Public) rel="external">
                    {text!(token.signed_out_facebook_link)}
                </a>
            </p>
            <p class="hint">
                <a href=path::login(&Route::AccessToken.address())>{text!(token.signed_out_login)}</a>
            </p>
        </div>
    }
}

/// For somebody who is signed in: one's own token in full, and then the accounts of others.
#[component]
fn SignedIn(own: Mine, others: Page<AccountView>, queue: QueueView, refresh: FormAction<Refresh>) -> impl IntoView {
    let body = match (own.token, others.items.is_empty()) {
        (None, true) => view! { <NoAccounts /> },
        (None, false) => view! {
            <p class="lead">{text!(token.of_others)}</p>
            <Others accounts=others refresh />
            <RefreshQueue queue />
        },
        (Some(token), _) => view! {
            <p class="owners">{names(&token)}</p>
            <TokenSections token of=Route::AccessToken.address() refresh button=Button::Update>
                <RefreshQueue queue />
            </TokenSections>
            <OtherAccounts accounts=own.other />
            <Others accounts=others refresh />
        },
    };
    view! {
        <header class="head">
            <h1>{text!(token.heading)}</h1>
        </header>
        <RefreshProblem refresh />
        {body}
    }
}

/// The accounts that one looks after for somebody else.
#[component]
fn Others(accounts: Page<AccountView>, refresh: FormAction<Refresh>) -> impl IntoView {
    (!accounts.items.is_empty()).then(|| {
        let all = way_to_all(&accounts);
        view! {
            <section class="block" aria-labelledby="list-heading">
                <h2 id="list-heading">{text!(token.others)}</h2>
                <AccountList accounts=accounts.items now=accounts.now refresh />
                {all}
            </section>
        }
    })
}

/// Further accounts of one's own, each with a page of its own.
#[component]
fn OtherAccounts(accounts: Vec<AccountView>) -> impl IntoView {
    let items: Vec<_> = accounts
        .iter()
        .map(|account| {
            view! {
                <li>
                    <a href=Route::Account(account.id).address()>"@" {account.username.clone()}</a>
                    " "
                    <StatusBadge active=account.token.status.is_active() needs=account.token.needs_somebody() />
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="other-heading">
                <h2 id="other-heading">{text!(token.other)}</h2>
                <ul class="inline-list">{items}</ul>
            </section>
        }
    })
}

fn names(token: &TokenView) -> String {
    token.accounts.iter().map(|account| format!("@{}", account.username)).collect::<Vec<_>>().join(", ")
}
