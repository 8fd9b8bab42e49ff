//! `/accounts`: every connected account.

use leptos::prelude::*;

use super::PageTitle;
use super::account_list::{AccountList, NoAccounts};
use super::problem::ProblemPanel;
use super::refreshing::{RefreshProblem, refreshing};
use crate::api::account;
use crate::ui::{ConnectMenu, Skeleton};

/// "Instagram accounts".
#[component]
pub fn Accounts() -> impl IntoView {
    let refresh = refreshing();
    let accounts = Resource::new_blocking(move || refresh.version().get(), |_| account::list());
    view! {
        <PageTitle text=text!(accounts.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {move || Suspend::new(async move {
                match accounts.await {
                    Err(error) => view! { <ProblemPanel error /> }.into_any(),
                    Ok(accounts) => {
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
                                view! { <NoAccounts /> }.into_any()
                            } else {
                                view! {
                                    <section aria-labelledby="list-heading">
                                        <h2 id="list-heading" class="visually-hidden">
                                            {text!(accounts.list)}
                                        </h2>
                                        <AccountList accounts refresh />
                                    </section>
                                }
                                .into_any()
                            }}
                        }
                        .into_any()
                    }
                }
            })}
        </Transition>
    }
}
