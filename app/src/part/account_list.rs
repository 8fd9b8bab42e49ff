//! The list of connected accounts, as several pages show it.

use domain::Moment;
use domain::page::Page;
use domain::view::AccountView;

use super::{NothingToDo, RefreshButton, SignInAgain};
use crate::action::FormAction;
use crate::api::token::Refresh;
use crate::prelude::*;
use crate::ui::{AccountFacts, ConnectChoice, Empty, Icon, Shape};

/// These accounts. The first that needs a person has the primary button.
#[component]
pub fn AccountList(
    /// The accounts.
    accounts: Vec<AccountView>,
    /// The moment of the page.
    now: Moment,
    /// The page's action.
    refresh: FormAction<Refresh>,
    /// Without the life lines.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let first_in_need = accounts.iter().position(|account| account.token.needs_somebody());
    let items: Vec<_> = accounts
        .into_iter()
        .enumerate()
        .map(|(index, account)| view! { <Card account now refresh brief primary=first_in_need == Some(index) /> })
        .collect();
    view! { <ul class=if brief { "accounts accounts--brief" } else { "accounts" }>{items}</ul> }
}

#[component]
fn Card(account: AccountView, now: Moment, refresh: FormAction<Refresh>, brief: bool, primary: bool) -> impl IntoView {
    let id = account.id;
    let needs = account.token.needs_somebody();
    let action = if needs {
        let seen = account.token.extendable_from;
        let of = format!("name-{id}");
        view! {
            <RefreshButton refresh account=id seen label=text!(refresh.button) primary of />
            <SignInAgain summary=account.token.clone() account=id />
        }
    } else {
        view! { <NothingToDo summary=account.token.clone() brief /> }
    };
    let label = text!(accounts.details, username = account.username.clone());
    view! {
        <li class=if needs { "account account--needs" } else { "account" } id=format!("account-{id}")>
            <AccountFacts account now brief />
            <div class="account__action">
                {action}
                <a class="account__more" href=Route::Account(id).address() aria-label=label>
                    {text!(accounts.details_short)}
                    <Icon shape=Shape::Forward />
                </a>
            </div>
        </li>
    }
}

/// Below a part of the list, the way to the rest.
pub fn way_to_all(accounts: &Page<AccountView>) -> Option<AnyView> {
    accounts.next.is_some().then(|| {
        view! {
            <p>
                <a class="button" href=Route::Accounts.address()>
                    {text!(dashboard.all, count = accounts.total)}
                </a>
            </p>
        }
    })
}

/// In place of the list while it is empty.
#[component]
pub fn NoAccounts() -> impl IntoView {
    view! {
        <Empty title=text!(accounts.empty_title) text=text!(accounts.empty)>
            <ConnectChoice />
        </Empty>
    }
}
