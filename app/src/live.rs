//! What changes while a page is open. The page is correct without it, after a
//! reload.

use domain::view::QueueView;

use crate::user::CurrentUser;

/// Tells each new state of the person's refresh queue until the page is left.
/// Silent while there is no connection: the browser comes back by itself.
#[cfg(feature = "hydrate")]
pub fn refresh_queue(user: CurrentUser, told: impl Fn(QueueView) + 'static) {
    use futures::future::{abortable, pending};
    use leptos::prelude::on_cleanup;

    let (listening, left) = abortable(async move {
        let Some(me) = user.me().await else { return };
        let _listener = stream::listen(me.id, move |text: String| {
            if let Some(view) = crate::api::read(&text) {
                told(view);
            }
        });
        pending::<()>().await;
    });
    wasm_bindgen_futures::spawn_local(async move {
        let _left = listening.await;
    });
    on_cleanup(move || left.abort());
}

/// The server has nothing to follow.
#[cfg(not(feature = "hydrate"))]
pub fn refresh_queue(_user: CurrentUser, _told: impl Fn(QueueView) + 'static) {}

/// The stream that all tabs of a browser share (`shell/live.js`).
#[cfg(feature = "hydrate")]
mod stream {
    use domain::id::PersonId;
    use leptos::prelude::window;
    use leptos::wasm_bindgen::closure::Closure;
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use leptos::web_sys::js_sys::{Function, Reflect};

    /// Listens for as long as it lives.
    pub struct Listener {
        stop: Function,
        _told: Closure<dyn Fn(String)>,
    }

    impl Drop for Listener {
        fn drop(&mut self) {
            let _ = self.stop.call0(&JsValue::UNDEFINED);
        }
    }

    /// Calls with the text of each event. `None` where the page's script is missing.
    pub fn listen(person: PersonId, told: impl Fn(String) + 'static) -> Option<Listener> {
        let told = Closure::<dyn Fn(String)>::new(told);
        let follow: Function = Reflect::get(&window(), &JsValue::from_str("pilotlightLive")).ok()?.dyn_into().ok()?;
        let person = JsValue::from_str(&person.to_string());
        let heard: &JsValue = told.as_ref();
        let stop = follow.call2(&JsValue::UNDEFINED, &person, heard).ok()?;
        Some(Listener { stop: stop.dyn_into().ok()?, _told: told })
    }
}
