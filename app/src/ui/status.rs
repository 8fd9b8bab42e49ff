//! The first glance: ACTIVE or NOT ACTIVE, with the flame beside it.

use domain::Moment;
use domain::token::{Cause, Status};
use domain::view::TokenSummary;

use super::{Flame, MetaSaid, When};
use crate::prelude::*;
use crate::words::{self, Said};

/// The word, small.
#[component]
pub fn StatusBadge(
    /// The status.
    active: bool,
    /// Whether somebody is needed, also of one that is active.
    #[prop(optional)]
    needs: bool,
) -> impl IntoView {
    let class = match (active, needs) {
        (true, false) => "badge badge--active",
        (true, true) => "badge badge--needs",
        (false, _) => "badge badge--not-active",
    };
    view! {
        <span class=class>
            <Flame lit=active />
            {word(active)}
        </span>
    }
}

/// The whole section: the word in large letters, the cause and its cure, the
/// moments that matter, and the action that helps.
#[component]
pub fn StatusPanel(
    /// The token.
    summary: TokenSummary,
    /// The moment of the page.
    now: Moment,
    /// The one action that helps.
    children: Children,
) -> impl IntoView {
    let active = summary.status.is_active();
    let platform = summary.platform;
    let said = summary.said.clone();
    let class = match (active, summary.worries.is_empty()) {
        (true, true) => "status status--active",
        (true, false) => "status status--active status--worry",
        (false, _) => "status status--not-active",
    };
    view! {
        <section class=class aria-labelledby="status-heading">
            <h2 id="status-heading" class="status__heading">
                {text!(token.status)}
            </h2>
            <p class="status__word">
                <Flame lit=active />
                <strong>{word(active)}</strong>
            </p>
            {sentences(&summary, now)}
            <div class="status__action">{children()}</div>
            <Facts summary=summary now=now />
            {said.map(|said| view! { <MetaSaid said=said platform=platform /> })}
        </section>
    }
}

fn word(active: bool) -> &'static str {
    if active { text!(status.active) } else { text!(status.not_active) }
}

fn sentences(summary: &TokenSummary, now: Moment) -> AnyView {
    let since = match &summary.status {
        Status::Active if summary.worries.is_empty() => {
            let text = text!(status.active_text, platform = summary.platform.name());
            return view! { <p class="status__cause">{text}</p> };
        }
        Status::Active => None,
        Status::NotActive(cause) => cause.since(),
    };
    let news: Vec<_> = words::token_news(summary)
        .into_iter()
        .map(|Said { what, cure }| {
            view! {
                <p class="status__cause">{what}</p>
                {since
                    .map(|since| {
                        view! {
                            <p class="status__since">
                                {text!(status.since)} " " <When at=since now=now />
                            </p>
                        }
                    })}
                {cure.map(|cure| view! { <p class="status__cure">{cure}</p> })}
            }
        })
        .collect();
    news.into_any()
}

/// The moments that matter, in one list.
#[component]
fn Facts(
    /// The token.
    summary: TokenSummary,
    /// The moment of the page.
    now: Moment,
) -> impl IntoView {
    let active = summary.status.is_active();
    let none = if active { text!(status.no_extension_active) } else { text!(status.no_extension) };
    let dead = matches!(summary.status, Status::NotActive(Cause::Dead { .. }));
    let expiry = match summary.expires_at {
        Some(at) if at <= now => text!(status.expired),
        Some(_) if dead => text!(status.would_expire),
        _ => text!(status.expires),
    };
    view! {
        <dl class="facts">
            <div class="facts__item">
                <dt>{text!(status.last_check)}</dt>
                <dd>{moment(summary.last_success_at, now, text!(status.never))}</dd>
            </div>
            <div class="facts__item">
                <dt>{text!(status.next_extension)}</dt>
                <dd>{moment(summary.next_extension, now, none)}</dd>
            </div>
            <div class="facts__item">
                <dt>{expiry}</dt>
                <dd>{moment(summary.expires_at, now, text!(status.no_expiry))}</dd>
            </div>
            {summary
                .data_access_expires_at
                .map(|at| {
                    view! {
                        <div class="facts__item">
                            <dt>{text!(status.data_access)}</dt>
                            <dd>{moment(Some(at), now, "")}</dd>
                        </div>
                    }
                })}
            <div class="facts__item">
                <dt>{text!(status.platform)}</dt>
                <dd>{summary.platform.name()}</dd>
            </div>
        </dl>
    }
}

/// A moment, or the words for none.
pub fn moment(at: Option<Moment>, now: Moment, none: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <When at=at now=now /> },
        None => none.into_any(),
    }
}
