//! One type for every view, one for everything that waits for data, and one for
//! everything that changes: otherwise the compiler writes the same code anew for each closure,
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
