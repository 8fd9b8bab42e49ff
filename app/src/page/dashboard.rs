//! `/dashboard`: the overview of somebody who looks after many accounts.

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
use crate::words::{self, Said};

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
    let needy: Vec<_> = not_active.iter().chain(&active).filter(|account| account.token.needs_somebody()).collect();
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
            {needs_you(&needy)}
            {next_extensions(active)}
        </section>
    }
}

fn needs_you(accounts: &[&AccountView]) -> impl IntoView + use<> {
    let items: Vec<_> = accounts
        .iter()
        .map(|account| {
            let href = format!("#account-{}", account.id);
            let active = account.token.status.is_active();
            // The cure tells by which day; of what stopped working, the card below tells it.
            let news = words::token_news(&account.token).into_iter().next();
            let news = news.map(|Said { what, cure }| match cure.filter(|_| active) {
                Some(cure) => format!("{what} {cure}"),
                None => what,
            });
            view! {
                <li>
                    <a href=href rel="external">"@" {account.username.clone()}</a>
                    <span>{news}</span>
                </li>
            }
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
        .filter(|account| !account.token.needs_somebody())
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
