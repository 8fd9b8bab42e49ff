//! A token that is not active, where its posts are shown.

use domain::Moment;
use domain::token::{Cause, Status};
use domain::view::{AccountRef, TokenSummary};

use super::refreshing::{RefreshButton, RefreshHint};
use crate::action::FormAction;
use crate::api::token::Refresh;
use crate::prelude::*;
use crate::ui::{MetaSaid, When};
use crate::words;

/// What is wrong, what visitors still see, and the button that helps. Nothing
/// while the token is active.
#[component]
pub fn TokenTrouble(
    /// Whose token.
    account: AccountRef,
    /// The token.
    token: TokenSummary,
    /// From when the posts are that visitors still see.
    kept: Option<Moment>,
    /// The page's action.
    refresh: FormAction<Refresh>,
) -> impl IntoView {
    let Status::NotActive(cause) = &token.status else { return ().into_any() };
    let now = token.life_line.now;
    let platform = token.platform;
    let username = account.username;
    let heading = match cause {
        Cause::PermissionMissing { .. } => text!(preview.not_authorised, username = username),
        _ => text!(preview.not_active, username = username),
    };
    view! {
        <div class="panel panel--needs trouble">
            <p class="trouble__title">{heading}</p>
            <p>{words::cause(cause, platform)}</p>
            <p>{words::cure(cause, platform)}</p>
            {kept.map(|at| view! { <p>{text!(preview.kept)} " " <When at=at now=now />"."</p> })}
            <div class="trouble__action">
                <RefreshButton
                    refresh
                    account=account.id
                    seen=token.extendable_from
                    label=text!(refresh.button)
                    primary=true
                />
                <RefreshHint summary=token.clone() />
            </div>
            {token.said.clone().map(|said| view! { <MetaSaid said=said platform=platform /> })}
        </div>
    }
}
