//! The refresh queue, and what hangs on a token.

use domain::view::{Breaks, FARTHEST, QueueState, QueueView};
use domain::widget::Failure;

/// Where a widget stands; the moment, where there is one, is told beside it.
pub fn queue_state(state: QueueState) -> String {
    match state {
        QueueState::Waiting { position } if position >= FARTHEST => text!(queue.far, position = FARTHEST - 1),
        QueueState::Waiting { position } => text!(queue.waiting, position = position),
        QueueState::Running => text!(queue.running).to_owned(),
        QueueState::Done { .. } => text!(queue.done).to_owned(),
        QueueState::Failed { failure: why, .. } => text!(queue.failed, why = failure(why)),
        QueueState::Never => text!(queue.never).to_owned(),
    }
}

/// How far the queue is, in one sentence.
pub fn queue_progress(queue: &QueueView) -> String {
    let QueueView { total, busy, failed, .. } = *queue;
    match (total, busy, failed) {
        (0, ..) => text!(queue.empty).to_owned(),
        (_, 0, 0) => text!(queue.idle).to_owned(),
        (_, 0, _) => text!(queue.idle_failed, count = failed),
        _ => text!(queue.progress, done = total - busy, total = total),
    }
}

/// Why a rebuild brought nothing new.
fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::TokenNotActive => text!(rebuild.token_not_active),
        Failure::Limited => text!(rebuild.limited),
        Failure::Unavailable => text!(rebuild.unavailable),
        Failure::AppFault => text!(rebuild.app_fault),
        Failure::Unclear => text!(rebuild.unclear),
        Failure::Internal => text!(rebuild.internal),
    }
}

/// "3 widgets · 2 sites · 140 views a day".
pub fn breaks(breaks: Breaks) -> String {
    if breaks.widgets == 0 {
        return text!(breaks.none).to_owned();
    }
    let widgets = text!(breaks.widgets, count = breaks.widgets);
    let sites = text!(breaks.sites, count = breaks.sites);
    let views = text!(breaks.views, count = breaks.views_per_day);
    [widgets, sites, views].join(" · ")
}
