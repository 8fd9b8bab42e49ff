//! One type for every view, one for everything that waits for data, one for
//! everything that changes, and one for every effect: otherwise the compiler writes the same code anew for each closure,
//! and the browser has to load it.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// leptos' `view!`, of one type whatever stands in it.
macro_rules! view {
    ($($html:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::prelude::view! { $($html)* }.into_inner())
    };
}
pub(crate) use view;

/// A view that waits for data, inside `Suspense` or `Transition`.
pub fn waited<F>(mut view: impl FnMut() -> F + Send + 'static) -> AnyView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    let view: SharedReactiveFunction<Suspend<AnyView>> = Arc::new(Mutex::new(move || Suspend::new(view())));
    view.into_any()
}

/// A view that changes with the signals it reads.
pub fn changing<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let view: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || view().into_any()));
    view.into_any()
}

/// Does something when a page has come alive, and whenever what it reads has changed.
/// A view that is replaced as soon as it was made is gone before this begins: then
/// nothing is done, since what it would read is gone as well.
pub fn effect(act: impl FnMut() + 'static) {
    let alive = StoredValue::new(());
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_: Option<()>| {
        if alive.try_get_value().is_some() {
            act();
        }
    });
}
