//! `/dashboard`: the overview of somebody who looks after many accounts.

use domain::token::Status;
use domain::view::AccountView;

use super::PageTitle;
use super::account_list::{AccountList, NoAccounts};
use super::problem::ProblemPanel;
use super::refresh_queue::RefreshQueue;
use super::refreshing::{RefreshProblem, refreshing};
use crate::api::account::ListAccounts;
use crate::api::queue::MyQueue;
use crate::data::data;
use crate::erased::waited;
use crate::prelude::*;
use crate::ui::{ConnectMenu, Flame, Skeleton, When};
use crate::words;

/// How many extensions to come are told.
const NEXT: usize = 5;

/// "Dashboard".
#[component]
pub fn Dashboard() -> impl IntoView {
    let refresh = refreshing();
    let accounts = data(move || (Some(ListAccounts {}), refresh.round()));
    let queue = data(move || (Some(MyQueue {}), refresh.round()));
    view! {
        <PageTitle text=text!(dashboard.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || async move {
                match (accounts.get().await, queue.get().await) {
                    (Err(error), _) | (_, Err(error)) => view! { <ProblemPanel error /> },
                    (Ok(accounts), Ok(queue)) => {
                        let empty = accounts.is_empty();
                        view! {
                            <header class="head">
                                <h1>{text!(dashboard.heading)}</h1>
                                {(!empty).then(|| view! { <ConnectMenu /> })}
                            </header>
                            <RefreshProblem refresh />
                            {if empty {
                                view! { <NoAccounts /> }
                            } else {
                                view! {
                                    <Overview accounts=accounts.clone() />
                                    <RefreshQueue queue />
                                    <section class="block" aria-labelledby="accounts-heading">
                                        <h2 id="accounts-heading">{text!(dashboard.accounts)}</h2>
                                        <AccountList accounts refresh brief=true />
                                    </section>
                                }
                            }}
                        }
                    }
                }
            })}
        </Transition>
    }
}

/// How many are lit, what needs a person, and what comes next.
#[component]
fn Overview(accounts: Vec<AccountView>) -> impl IntoView {
    let (active, not_active): (Vec<_>, Vec<_>) =
        accounts.into_iter().partition(|account| account.token.status.is_active());
    view! {
        <section class="overview" aria-label=text!(dashboard.overview)>
            <dl class="tiles">
                <div class="tile">
                    <dt>
                        <Flame lit=true />
                        {text!(dashboard.active)}
                    </dt>
                    <dd>{active.len()}</dd>
                </div>
                <div class=if not_active.is_empty() { "tile" } else { "tile tile--needs" }>
                    <dt>
                        <Flame lit=false />
                        {text!(dashboard.not_active)}
                    </dt>
                    <dd>{not_active.len()}</dd>
                </div>
            </dl>
            {needs_you(&not_active)}
            {next_extensions(active)}
        </section>
    }
}

fn needs_you(accounts: &[AccountView]) -> impl IntoView + use<> {
    let items: Vec<_> = accounts
        .iter()
        .filter_map(|account| {
            let Status::NotActive(cause) = &account.token.status else { return None };
            let href = format!("#account-{}", account.id);
            let cause = words::cause(cause, account.token.platform);
            Some(view! {
                <li>
                    <a href=href rel="external">"@" {account.username.clone()}</a>
                    <span>{cause}</span>
                </li>
            })
        })
        .collect();
    if items.is_empty() {
        return view! {
            <p class="panel panel--calm">
                <Flame lit=true />
                {text!(dashboard.all_lit)}
            </p>
        };
    }
    view! {
        <div class="panel panel--needs">
            <h2 class="panel__title">{text!(dashboard.needs_you)}</h2>
            <ul class="panel__list">{items}</ul>
        </div>
    }
}

fn next_extensions(accounts: Vec<AccountView>) -> impl IntoView {
    let mut coming: Vec<_> = accounts
        .into_iter()
        .filter_map(|account| {
            let now = account.token.life_line.now;
            account.token.next_extension.map(|at| (at, now, account.id, account.username))
        })
        .collect();
    coming.sort_by_key(|(at, ..)| *at);
    let items: Vec<_> = coming
        .into_iter()
        .take(NEXT)
        .map(|(at, now, id, username)| {
            view! {
                <li>
                    <a href=format!("/accounts/{id}")>"@" {username}</a>
                    <span><When at=at now=now /></span>
                </li>
            }
        })
        .collect();
    let body = if items.is_empty() {
        view! { <p>{text!(dashboard.next_empty)}</p> }
    } else {
        view! { <ul class="panel__list">{items}</ul> }
    };
    view! {
        <div class="panel">
            <h2 class="panel__title">{text!(dashboard.next)}</h2>
            {body}
        </div>
    }
}
