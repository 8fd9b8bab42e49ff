//! `/accounts`: every connected account.

use std::cmp::Reverse;

use domain::view::AccountView;
use leptos_router::hooks::use_query_map;

use super::PageTitle;
use super::account_list::{AccountList, NoAccounts};
use super::problem::ProblemPanel;
use super::refreshing::{RefreshProblem, refreshing};
use crate::api::account::ListAccounts;
use crate::data::data;
use crate::erased::waited;
use crate::prelude::*;
use crate::ui::{ConnectMenu, Skeleton};

/// "Instagram accounts".
#[component]
pub fn Accounts() -> impl IntoView {
    let refresh = refreshing();
    let query = use_query_map();
    let by_impact = Memo::new(move |_| query.with(|query| query.get_str("sort") == Some("impact")));
    let accounts = data(move || (Some(ListAccounts {}), refresh.round()));
    view! {
        <PageTitle text=text!(accounts.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || {
                let by_impact = by_impact.get();
                async move {
                match accounts.get().await {
                    Err(error) => view! { <ProblemPanel error /> },
                    Ok(mut accounts) => {
                        if by_impact {
                            sort_by_impact(&mut accounts);
                        }
                        let empty = accounts.is_empty();
                        view! {
                            <header class="head">
                                <div>
                                    <h1>{text!(accounts.heading)}</h1>
                                    <p class="lead">{text!(accounts.lead)}</p>
                                </div>
                                {(!empty).then(|| view! { <ConnectMenu /> })}
                            </header>
                            <RefreshProblem refresh />
                            {if empty {
                                view! { <NoAccounts /> }
                            } else {
                                view! {
                                    <section aria-labelledby="list-heading">
                                        <h2 id="list-heading" class="visually-hidden">
                                            {text!(accounts.list)}
                                        </h2>
                                        {sort_switch(by_impact)}
                                        <AccountList accounts refresh as_given=by_impact />
                                    </section>
                                }
                            }}
                        }
                    }
                }
                }
            })}
        </Transition>
    }
}

/// By what breaks if the token dies: the most first, and otherwise by name, as they come.
fn sort_by_impact(accounts: &mut [AccountView]) {
    accounts.sort_by_key(|account| {
        let breaks = account.breaks;
        Reverse((breaks.views_per_day, breaks.sites, breaks.widgets))
    });
}

fn sort_switch(by_impact: bool) -> AnyView {
    let ways = [
        ("/accounts", text!(accounts.sort_name), !by_impact),
        ("/accounts?sort=impact", text!(accounts.sort_impact), by_impact),
    ];
    let links: Vec<_> = ways
        .into_iter()
        .map(|(href, label, current)| {
            view! {
                <a class="pick" href=href aria-current=current.then_some("true")>
                    {label}
                </a>
            }
        })
        .collect();
    view! { <nav class="sort" aria-label=text!(accounts.sort)>{links}</nav> }
}
