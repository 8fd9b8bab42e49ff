//! What happened to a token, newest first.

use domain::Moment;
use domain::page::Page;
use domain::platform::Platform;
use domain::token::EventKind;
use domain::view::HistoryEntry;
use leptos_router::hooks::use_query_map;

use super::{MetaSaid, Place, When, pager};
use crate::prelude::*;
use crate::{time, words};

/// The section with all entries, or a friendly text.
#[component]
pub fn HistoryList(
    /// A page of it, newest first.
    history: Page<HistoryEntry>,
    /// The page that shows it.
    of: String,
    /// Whose token.
    platform: Platform,
    /// The moment of the page.
    now: Moment,
) -> impl IntoView {
    let place = Place { page: of, part: "#history-heading", search: String::new(), order: "" };
    let begun = use_query_map().with_untracked(|query| query.get_str("after").is_some());
    let turn = pager(&place, &history, begun);
    let body = if history.items.is_empty() {
        view! {
            <div class="history__empty">
                <p class="history__empty-title">{text!(history.empty_title)}</p>
                <p>{text!(history.empty)}</p>
            </div>
        }
    } else {
        let items: Vec<_> = history.items.into_iter().map(|entry| view! { <Entry entry platform now /> }).collect();
        view! { <ol class="history__list">{items}</ol> }
    };
    view! {
        <section class="history" aria-labelledby="history-heading">
            <h2 id="history-heading">{text!(history.heading)}</h2>
            {body}
            {turn}
        </section>
    }
}

#[component]
fn Entry(entry: HistoryEntry, platform: Platform, now: Moment) -> impl IntoView {
    let HistoryEntry { event, repeated, trigger, by, id: _ } = entry;
    let latest = repeated.map_or(event.at, |repeated| repeated.last_at);
    let times = repeated.map(|repeated| text!(history.times, count = repeated.times, since = time::utc(event.at)));
    let class = match event.kind {
        EventKind::Ended { .. }
        | EventKind::Suspended { .. }
        | EventKind::Sharing { shared: false, .. }
        | EventKind::PermissionMissing { .. } => "history__item history__item--bad",
        EventKind::ExtensionFailed { .. } => "history__item history__item--warn",
        _ => "history__item history__item--good",
    };
    view! {
        <li class=class>
            <h3 class="history__title">{words::event_title(&event.kind)}</h3>
            <p class="history__when">
                <When at=latest now=now />
            </p>
            <p class="history__text">{words::event_text(&event.kind, platform)}</p>
            {times.map(|times| view! { <p class="history__text">{times}</p> })}
            <p class="history__how">{words::trigger(trigger, by.as_deref())}</p>
            {event.said.map(|said| view! { <MetaSaid said=said platform=platform /> })}
        </li>
    }
}
