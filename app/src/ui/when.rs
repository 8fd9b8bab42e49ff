//! A moment: UTC in words, how long ago beside it, the local time on hover.

use domain::Moment;
use leptos::html;

use crate::erased::effect;
use crate::prelude::*;
use crate::time;

/// A moment. With `now`, "3 days ago" stands beside it.
#[component]
pub fn When(
    /// The moment.
    at: Moment,
    /// The moment of the page.
    #[prop(optional, into)]
    now: Option<Moment>,
    /// The day alone.
    #[prop(optional)]
    day: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Time>::new();
    // Only the browser knows the local time, and only after hydration may it differ.
    effect(move || {
        if let Some(element) = node.get() {
            element.set_title(&text!(time.local, time = local(at)));
        }
    });
    let words = if day { time::date(at) } else { time::utc(at) };
    view! {
        <time class="when" node_ref=node datetime=time::machine(at)>
            {words}
        </time>
        {now.map(|now| view! { <span class="ago">{time::relative(at, now)}</span> })}
    }
}

#[cfg(not(feature = "ssr"))]
fn local(at: Moment) -> String {
    use leptos::wasm_bindgen::JsValue;
    use leptos::web_sys::js_sys::Date;

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this era are exact in 53 bits")]
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    date.to_locale_string(crate::language::current().tag(), &JsValue::UNDEFINED).into()
}

#[cfg(feature = "ssr")]
fn local(at: Moment) -> String {
    time::utc(at)
}
