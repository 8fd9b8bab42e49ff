//! The refresh queue as a list.

use domain::Moment;
use domain::view::{QueueEntry, QueueState, QueueView};

use super::When;
use crate::prelude::*;
use crate::words;

/// The widgets of the queue, each with where it stands.
pub fn queue_list(queue: QueueView) -> AnyView {
    let now = queue.now;
    let items: Vec<_> = queue.entries.into_iter().map(|entry| item(entry, now)).collect();
    view! { <ol class="queue__list">{items}</ol> }
}

fn item(entry: QueueEntry, now: Moment) -> AnyView {
    let name = if entry.title.is_empty() { format!("@{}", entry.username) } else { entry.title };
    let next = entry.next.filter(|_| !matches!(entry.state, QueueState::Waiting { .. } | QueueState::Running));
    view! {
        <li class=class(entry.state)>
            <a class="queue__name" href=Route::Widget(entry.widget).address()>
                {name}
            </a>
            {queue_state(entry.state, now)}
            {next
                .map(|at| {
                    view! {
                        <span class="queue__next">
                            {text!(queue.next)} " " <When at=at now=now />
                        </span>
                    }
                })}
        </li>
    }
}

/// Where one widget stands, with the moment.
pub fn queue_state(state: QueueState, now: Moment) -> AnyView {
    let at = match state {
        QueueState::Done { at } | QueueState::Failed { at, .. } => Some(at),
        _ => None,
    };
    view! {
        <span class="queue__state">
            {words::queue_state(state)} {at.map(|at| view! { " " <When at=at now=now /> })}
        </span>
    }
}

fn class(state: QueueState) -> &'static str {
    match state {
        QueueState::Waiting { .. } => "queue__item queue__item--waiting",
        QueueState::Running => "queue__item queue__item--running",
        QueueState::Done { .. } => "queue__item queue__item--done",
        QueueState::Failed { .. } => "queue__item queue__item--failed",
        QueueState::Never => "queue__item",
    }
}
