//! `/accounts`: every connected account.

use domain::page::{AccountOrder, Page, Search};
use domain::view::AccountView;
use leptos_router::hooks::use_query_map;

use crate::action::FormAction;
use crate::api::account::ListAccounts;
use crate::api::token::Refresh;
use crate::data::renewed;
use crate::erased::waited;
use crate::part::{AccountList, NoAccounts, PageTitle, ProblemPanel, RefreshProblem, refreshing};
use crate::prelude::*;
use crate::ui::{ConnectMenu, Place, Skeleton, list_tools, nothing_found, pager};

/// The word of the order by what breaks.
const IMPACT: &str = "impact";

/// "Instagram accounts".
#[component]
pub fn Accounts() -> impl IntoView {
    let refresh = refreshing();
    let query = use_query_map();
    let asked = move || {
        query.with(|query| ListAccounts {
            search: Search::new(&query.get("q").unwrap_or_default()),
            order: if query.get_str("sort") == Some(IMPACT) { AccountOrder::Impact } else { AccountOrder::Need },
            after: query.get_str("after").and_then(|id| id.parse().ok()),
            brief: false,
        })
    };
    let accounts = renewed(move || refresh.round(), move || Some(asked()));
    view! {
        <PageTitle text=text!(accounts.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || {
                let asked = asked();
                async move {
                    match accounts.get().await {
                        Err(error) => view! { <ProblemPanel error /> },
                        Ok(page) => told(page, asked, refresh),
                    }
                }
            })}
        </Transition>
    }
}

fn told(page: Page<AccountView>, asked: ListAccounts, refresh: FormAction<Refresh>) -> AnyView {
    let none = page.total == 0 && asked.search.is_empty();
    view! {
        <header class="head">
            <div>
                <h1>{text!(accounts.heading)}</h1>
                <p class="lead">{text!(accounts.lead)}</p>
            </div>
            {(!none).then(|| view! { <ConnectMenu /> })}
        </header>
        <RefreshProblem refresh />
        {if none { view! { <NoAccounts /> } } else { list(page, asked, refresh) }}
    }
}

fn list(page: Page<AccountView>, asked: ListAccounts, refresh: FormAction<Refresh>) -> AnyView {
    let order = if asked.order == AccountOrder::Impact { IMPACT } else { "" };
    let place = Place { page: Route::Accounts.address(), part: "", search: asked.search.into(), order };
    let orders = [("", text!(accounts.sort_need)), (IMPACT, text!(accounts.sort_impact))];
    let turn = pager(&place, &page, asked.after.is_some());
    let found = match page.items.is_empty() {
        true => nothing_found(&place),
        false => view! { <AccountList accounts=page.items now=page.now refresh /> },
    };
    view! {
        <section aria-labelledby="list-heading">
            <h2 id="list-heading" class="visually-hidden">
                {text!(accounts.list)}
            </h2>
            {list_tools(&place, page.total, orders)}
            {found}
            {turn}
        </section>
    }
}
