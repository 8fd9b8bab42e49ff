//! A token that is not active, or not for long, where its posts are shown.

use domain::Moment;
use domain::token::{Cause, Status};
use domain::view::{AccountRef, TokenSummary};

use super::{RefreshButton, RefreshHint, SignInAgain};
use crate::action::FormAction;
use crate::api::token::Refresh;
use crate::prelude::*;
use crate::ui::{MetaSaid, When};
use crate::words::{self, Said};

/// What is wrong, what visitors still see, and the button that helps. Nothing
/// while the token is well.
#[component]
pub fn TokenTrouble(
    /// Whose token.
    account: AccountRef,
    /// The token.
    token: TokenSummary,
    /// The moment of the page.
    now: Moment,
    /// From when the posts are that visitors still see.
    kept: Option<Moment>,
    /// The page's action.
    refresh: FormAction<Refresh>,
) -> impl IntoView {
    let news = words::token_news(&token);
    if news.is_empty() {
        return ().into_any();
    }
    let platform = token.platform;
    let username = account.username;
    let heading = match &token.status {
        Status::Active if token.needs_somebody() => text!(preview.not_for_long, username = username),
        Status::Active => text!(preview.in_doubt, username = username),
        Status::NotActive(Cause::PermissionMissing { .. }) => text!(preview.not_authorised, username = username),
        Status::NotActive(_) => text!(preview.not_active, username = username),
    };
    let kept = kept.filter(|_| !token.status.is_active());
    let news: Vec<_> = news
        .into_iter()
        .map(|Said { what, cure }| view! { <p>{what}</p> {cure.map(|cure| view! { <p>{cure}</p> })} })
        .collect();
    let action = token.needs_somebody().then(|| {
        view! {
            <div class="trouble__action">
                <RefreshButton
                    refresh
                    account=account.id
                    seen=token.extendable_from
                    label=text!(refresh.button)
                    primary=true
                />
                <SignInAgain summary=token.clone() account=account.id />
                <RefreshHint summary=token.clone() />
            </div>
        }
    });
    view! {
        <div class="panel panel--needs trouble">
            <p class="trouble__title">{heading}</p>
            {news}
            {kept.map(|at| view! { <p>{text!(preview.kept)} " " <When at=at now=now />"."</p> })}
            {action}
            {token.said.map(|said| view! { <MetaSaid said=said platform=platform /> })}
        </div>
    }
}
