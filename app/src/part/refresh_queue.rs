//! The refresh queue, live: positions, progress and results.

use domain::Moment;
use domain::id::WidgetId;
use domain::view::{QueueEntry, QueueState, QueueView};

use crate::erased::{changing, effect};
use crate::prelude::*;
use crate::ui::queue_list;
use crate::user::CurrentUser;
use crate::{live, words};

/// The section "Refresh queue".
#[component]
pub fn RefreshQueue(
    /// The queue as the server knows it.
    queue: QueueView,
    /// Only this widget.
    #[prop(optional)]
    widget: Option<WidgetId>,
    /// Grows whenever a rebuild has worked while the page is open.
    #[prop(optional)]
    rebuilt: Option<RwSignal<u32>>,
    /// What can be done about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let of_interest = move |mut queue: QueueView| {
        queue.entries.retain(|entry| widget.is_none_or(|widget| entry.widget == widget));
        queue
    };
    let followed = !queue.entries.is_empty();
    let queue = RwSignal::new(of_interest(queue));
    let user = expect_context::<CurrentUser>();
    effect(move || {
        if followed {
            live::refresh_queue(user, move |view| {
                let view = of_interest(view);
                if widget.is_some() && view.entries.is_empty() {
                    // Others are busier.
                    return;
                }
                let new = queue.try_with_untracked(|known| done(&view) != done(known)).unwrap_or(false);
                // Gone where the page is being left.
                let _ = queue.try_set(view);
                if let (true, Some(rebuilt)) = (new, rebuilt) {
                    let _ = rebuilt.try_update(|round| *round += 1);
                }
            });
        }
    });
    let told = move || {
        queue.with(|queue| match (widget, queue.entries.first()) {
            (Some(_), Some(entry)) => words::queue_state(entry.state),
            _ => words::queue_progress(queue),
        })
    };
    let bar = move || {
        let (total, busy) = queue.with(|queue| (queue.total, queue.busy));
        (widget.is_none() && busy > 0).then(|| {
            view! {
                <progress
                    class="queue__bar"
                    max=total.to_string()
                    value=(total - busy).to_string()
                    aria-label=text!(queue.heading)
                ></progress>
            }
        })
    };
    view! {
        <section class="block queue" aria-labelledby="queue-heading">
            <h2 id="queue-heading">{text!(queue.heading)}</h2>
            <p class=if widget.is_some() { "visually-hidden" } else { "queue__progress" } role="status">
                {told}
            </p>
            {bar}
            {changing(move || queue_list(queue.get()))}
            {children.map(|children| children())}
        </section>
    }
}

/// The moments of the rebuilds that worked.
fn done(queue: &QueueView) -> Vec<Option<Moment>> {
    let moment = |entry: &QueueEntry| match entry.state {
        QueueState::Done { at } => Some(at),
        _ => None,
    };
    queue.entries.iter().map(moment).filter(Option::is_some).collect()
}
