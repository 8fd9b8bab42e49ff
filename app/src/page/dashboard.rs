//! `/dashboard`: the overview of somebody who looks after many accounts.

use domain::page::{AccountOrder, Page, Search};
use domain::view::{AccountView, Overview, QueueView};

use crate::action::FormAction;
use crate::api::account::{ListAccounts, OverviewOfAccounts};
use crate::api::queue::MyQueue;
use crate::api::token::Refresh;
use crate::data::renewed;
use crate::erased::waited;
use crate::part::{
    AccountList, NoAccounts, PageTitle, ProblemPanel, RefreshProblem, RefreshQueue, refreshing, way_to_all,
};
use crate::prelude::*;
use crate::ui::{ConnectMenu, Flame, Skeleton, When};
use crate::words::{self, Said};

/// As many as are told of above the list.
const FIRST: usize = 5;

/// "Dashboard".
#[component]
pub fn Dashboard() -> impl IntoView {
    let refresh = refreshing();
    let first = || ListAccounts { search: Search::default(), order: AccountOrder::default(), after: None, brief: true };
    let overview = renewed(move || refresh.round(), move || Some(OverviewOfAccounts {}));
    let accounts = renewed(move || refresh.round(), move || Some(first()));
    let queue = renewed(move || refresh.round(), move || Some(MyQueue { widget: None }));
    view! {
        <PageTitle text=text!(dashboard.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || async move {
                match (overview.get().await, accounts.get().await, queue.get().await) {
                    (Ok(overview), Ok(accounts), Ok(queue)) => told(overview, accounts, queue, refresh),
                    (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => view! { <ProblemPanel error /> },
                }
            })}
        </Transition>
    }
}

fn told(overview: Overview, accounts: Page<AccountView>, queue: QueueView, refresh: FormAction<Refresh>) -> AnyView {
    let empty = accounts.items.is_empty();
    let body = if empty {
        view! { <NoAccounts /> }
    } else {
        body(overview, accounts, queue, refresh)
    };
    view! {
        <header class="head">
            <h1>{text!(dashboard.heading)}</h1>
            {(!empty).then(|| view! { <ConnectMenu /> })}
        </header>
        <RefreshProblem refresh />
        {body}
    }
}

fn body(overview: Overview, accounts: Page<AccountView>, queue: QueueView, refresh: FormAction<Refresh>) -> AnyView {
    let all = way_to_all(&accounts);
    view! {
        <section class="overview" aria-label=text!(dashboard.overview)>
            {tiles(&overview)}
            {needs_you(&accounts.items, overview.needy)}
            {coming(overview, &accounts)}
        </section>
        <RefreshQueue queue />
        <section class="block" aria-labelledby="accounts-heading">
            <h2 id="accounts-heading">{text!(dashboard.accounts)}</h2>
            <AccountList accounts=accounts.items now=accounts.now refresh brief=true />
            {all}
        </section>
    }
}

/// How many are lit.
fn tiles(overview: &Overview) -> AnyView {
    view! {
        <dl class="tiles">
            <div class="tile">
                <dt>
                    <Flame lit=true />
                    {text!(dashboard.active)}
                </dt>
                <dd>{overview.active}</dd>
            </div>
            <div class=if overview.not_active == 0 { "tile" } else { "tile tile--needs" }>
                <dt>
                    <Flame lit=false />
                    {text!(dashboard.not_active)}
                </dt>
                <dd>{overview.not_active}</dd>
            </div>
        </dl>
    }
}

/// What needs a person: the list below begins with it.
fn needs_you(accounts: &[AccountView], needy: u64) -> AnyView {
    let items: Vec<_> = accounts
        .iter()
        .filter(|account| account.token.needs_somebody())
        .take(FIRST)
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
    let more = needy.saturating_sub(items.len() as u64);
    let more = (more > 0)
        .then(|| view! { <p><a href=Route::Accounts.address()>{text!(dashboard.more, count = more)}</a></p> });
    view! {
        <div class="panel panel--needs">
            <h2 class="panel__title">{text!(dashboard.needs_you)}</h2>
            <ul class="panel__list">{items}</ul>
            {more}
        </div>
    }
}

/// What comes next by itself.
fn coming(overview: Overview, accounts: &Page<AccountView>) -> AnyView {
    let now = accounts.now;
    let items: Vec<_> = overview
        .coming
        .into_iter()
        .map(|coming| {
            view! {
                <li>
                    <a href=Route::Account(coming.account.id).address()>"@" {coming.account.username}</a>
                    <span><When at=coming.at now=now /></span>
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
