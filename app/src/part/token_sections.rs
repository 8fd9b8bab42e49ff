//! Everything about one token: status, life line, plan, history.

use domain::view::TokenView;

use super::{NothingToDo, RefreshButton, RefreshHint, SignInAgain};
use crate::action::FormAction;
use crate::api::token::Refresh;
use crate::prelude::*;
use crate::ui::{HistoryList, LifeLineView, RefreshPlan, StatusPanel};

/// Which button the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// "Update your access token", always.
    Update,
    /// "Refresh token", where the token needs somebody.
    Refresh,
}

/// The sections, in the order of the questions people have.
#[component]
pub fn TokenSections(
    /// The token.
    token: TokenView,
    /// The page that shows it, from its `/` on.
    #[prop(into)]
    of: String,
    /// The page's action.
    refresh: FormAction<Refresh>,
    /// Which button.
    button: Button,
    /// What stands below the status.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let now = token.now;
    let summary = token.summary.clone();
    let account = token.accounts.first().map(|account| account.id);
    let action = match (button, account) {
        (Button::Refresh, _) if !summary.needs_somebody() => {
            view! { <NothingToDo summary=summary.clone() /> }
        }
        (_, Some(account)) => {
            let label = if button == Button::Update { text!(refresh.update) } else { text!(refresh.button) };
            view! {
                <RefreshButton refresh account seen=summary.extendable_from label primary=true />
                <SignInAgain summary=summary.clone() account />
                <RefreshHint summary=summary.clone() />
            }
        }
        (_, None) => ().into_any(),
    };
    view! {
        <StatusPanel summary=summary.clone() now>
            {action}
        </StatusPanel>
        {children.map(|children| children())}
        <section class="block" aria-labelledby="line-heading">
            <h2 id="line-heading">{text!(line.heading)}</h2>
            <LifeLineView line=token.life_line.clone() />
        </section>
        <RefreshPlan token=token.clone() />
        <HistoryList history=token.history of platform=summary.platform now />
    }
}
