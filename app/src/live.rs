//! What changes while a page is open. The page is correct without it, after a
//! reload.

use domain::view::QueueView;

/// Tells each new state of the person's refresh queue until the page is left.
/// Silent while there is no connection: the browser comes back by itself.
#[cfg(feature = "hydrate")]
pub fn refresh_queue(told: impl Fn(QueueView) + 'static) {
    use futures::StreamExt;
    use futures::future::abortable;
    use gloo_net::eventsource::futures::EventSource;
    use leptos::prelude::on_cleanup;

    let Ok(mut source) = EventSource::new("/events/queue") else { return };
    let Ok(mut events) = source.subscribe("queue") else { return };
    let (listening, stop) = abortable(async move {
        while let Some(event) = events.next().await {
            let text = event.ok().and_then(|(_, event)| event.data().as_string());
            if let Some(view) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                told(view);
            }
        }
        // Closed where it is dropped.
        drop(source);
    });
    wasm_bindgen_futures::spawn_local(async move {
        let _left = listening.await;
    });
    on_cleanup(move || stop.abort());
}

/// The server has nothing to follow.
#[cfg(not(feature = "hydrate"))]
pub fn refresh_queue(_told: impl Fn(QueueView) + 'static) {}
