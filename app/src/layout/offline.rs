//! A hint while there is no connection.

use crate::erased::{changing, effect};
use crate::prelude::*;
use leptos::ev;

/// Shown while the browser is offline.
#[component]
pub fn OfflineHint() -> impl IntoView {
    let offline = RwSignal::new(false);
    effect(move || {
        let lost = window_event_listener(ev::offline, move |_| offline.set(true));
        let back = window_event_listener(ev::online, move |_| offline.set(false));
        on_cleanup(move || {
            lost.remove();
            back.remove();
        });
    });
    view! {
        <div role="status" class="offline-place">
            {changing(move || offline.get().then(|| view! { <p class="notice notice--wait">{text!(offline)}</p> }))}
        </div>
    }
}
