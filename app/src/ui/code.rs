//! Code to copy.

use crate::erased::changing;
use crate::prelude::*;
use crate::snippet;

/// Code with a button that copies it. Without scripts: a field to select it in.
#[component]
pub fn Code(
    /// What it is.
    label: &'static str,
    /// The code.
    code: String,
) -> impl IntoView {
    let said = RwSignal::new("");
    let by_hand = format!(
        "<textarea class=\"field__input code__field\" rows=\"6\" readonly aria-label=\"{}\">{}</textarea>",
        snippet::escape(label),
        snippet::escape(&code)
    );
    let copied = StoredValue::new(code.clone());
    view! {
        <div class="code">
            <pre class="code__text" tabindex="0" role="region" aria-label=label>
                <code>{code}</code>
            </pre>
            <noscript inner_html=by_hand></noscript>
            <p class="code__ways">
                <button
                    class="button code__copy"
                    type="button"
                    aria-label=text!(widget.copy_label, what = label)
                    on:click=move |_| copied.with_value(|code| copy(code, said))
                >
                    {text!(widget.copy)}
                </button>
                <span role="status">{changing(move || said.get())}</span>
            </p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn copy(code: &str, said: RwSignal<&'static str>) {
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use leptos::web_sys::js_sys::{Function, Promise, Reflect};

    // Absent where the page did not come by https.
    let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    let write = clipboard.and_then(|clipboard| {
        let write: Function = Reflect::get(&clipboard, &JsValue::from_str("writeText"))?.dyn_into()?;
        write.call1(&clipboard, &JsValue::from_str(code))?.dyn_into::<Promise>()
    });
    let (done, failed) = (text!(widget.copied), text!(widget.copy_failed));
    match write {
        Err(_) => said.set(failed),
        Ok(promise) => wasm_bindgen_futures::spawn_local(async move {
            let answer = wasm_bindgen_futures::JsFuture::from(promise).await;
            said.set(if answer.is_ok() { done } else { failed });
        }),
    }
}

#[cfg(not(feature = "hydrate"))]
fn copy(_code: &str, said: RwSignal<&'static str>) {
    said.set(text!(widget.copy_failed));
}
