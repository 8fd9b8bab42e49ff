//! One account in a list: who, whether the token works, why not or not for long, and when next.

use domain::Moment;
use domain::token::Status;
use domain::view::AccountView;

use super::status::moment;
use super::{LifeLineView, MetaSaid, StatusBadge, When};
use crate::prelude::*;
use crate::words::{self, Said};

/// Everything of an account's card but its action.
#[component]
pub fn AccountFacts(
    /// The account.
    account: AccountView,
    /// The moment of the page.
    now: Moment,
    /// Without the life line and the moments.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let token = account.token;
    let platform = token.platform;
    let active = token.status.is_active();
    let needs = token.needs_somebody();
    let since = match &token.status {
        Status::Active => None,
        Status::NotActive(cause) => cause.since(),
    };
    let news: Vec<_> = words::token_news(&token)
        .into_iter()
        .map(|Said { what, cure }| {
            view! {
                <p class="account__cause">{what}</p>
                <p class="account__cure">
                    {cure} {since.map(|since| view! { " " {text!(status.since)} " " <When at=since now=now /> })}
                </p>
            }
        })
        .collect();
    let why = (!news.is_empty()).then(|| {
        view! {
            <div class="account__why">
                {news} {token.said.clone().map(|said| view! { <MetaSaid said=said platform=platform /> })}
            </div>
        }
    });
    let none = if active { text!(status.no_extension_active) } else { text!(status.no_extension) };
    let more = (!brief).then(|| {
        view! {
            <dl class="facts facts--row">
                <div class="facts__item">
                    <dt>{text!(status.last_check)}</dt>
                    <dd>{moment(token.last_success_at, now, text!(status.never))}</dd>
                </div>
                <div class="facts__item">
                    <dt>{text!(status.next_extension)}</dt>
                    <dd>{moment(token.next_extension, now, none)}</dd>
                </div>
                <div class="facts__item">
                    <dt>{text!(breaks.label)}</dt>
                    <dd>{words::breaks(account.breaks)}</dd>
                </div>
            </dl>
            {account.life_line.map(|line| view! { <LifeLineView line compact=true /> })}
        }
    });
    view! {
        <div class="account__head">
            <h3 class="account__name" id=format!("name-{}", account.id)>
                <a href=Route::Account(account.id).address()>"@" {account.username}</a>
            </h3>
            <StatusBadge active=active needs />
            <p class="account__sub">
                {(!account.name.is_empty()).then(|| view! { <span>{account.name}</span> })}
                <span>{platform.name()}</span>
            </p>
        </div>
        {why}
        {more}
    }
}
