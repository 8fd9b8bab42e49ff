//! The pages around widgets are a part of their own, which a browser loads when
//! it needs them: those who look after tokens do not load it.

use leptos_router::LazyRoute;

use super::widget::Widget;
use super::widget_new::WidgetNew;
use super::widgets::Widgets;
use crate::prelude::*;

/// A page of the part.
enum Page {
    Widget,
    WidgetNew,
    Widgets,
}

#[lazy]
fn widget_pages(page: Page) -> AnyView {
    match page {
        Page::Widget => view! { <Widget /> },
        Page::WidgetNew => view! { <WidgetNew /> },
        Page::Widgets => view! { <Widgets /> },
    }
}

macro_rules! routes {
    ($($(#[$doc:meta])* $name:ident = $page:expr),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            async fn view(_this: Self) -> AnyView {
                widget_pages($page).await
            }

            async fn preload() {
                #[cfg(target_arch = "wasm32")]
                __preload_widget_pages().await;
            }
        }
    )+};
}

routes! {
    /// `/widgets/{id}`
    WidgetRoute = Page::Widget,
    /// `/widgets/new`
    WidgetNewRoute = Page::WidgetNew,
    /// `/widgets`
    WidgetsRoute = Page::Widgets,
}
