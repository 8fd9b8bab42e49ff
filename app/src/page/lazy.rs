//! Pages that a browser loads when it needs them, in parts: whoever looks after
//! tokens loads neither those around widgets nor what is seldom seen.

use leptos_router::LazyRoute;

use super::deletion::Deletion;
use super::forgot::Forgot;
use super::link::{Confirm, Reset};
use super::sessions::Sessions;
use super::settings::Settings;
use super::trouble::TroublePage;
use super::widget::Widget;
use super::widget_new::WidgetNew;
use super::widgets::Widgets;
use crate::prelude::*;

/// A part with its pages: the function that loads it, the one that leptos makes to
/// load it beforehand, and a route for each page.
macro_rules! part {
    ($part:ident, $preload:ident, $($(#[$doc:meta])* $route:ident = $page:ident),+ $(,)?) => {
        #[lazy]
        fn $part(page: $part::Which) -> AnyView {
            match page {
                $($part::Which::$page => view! { <$page /> }),+
            }
        }

        mod $part {
            pub enum Which { $($page),+ }
        }

        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_this: Self) -> AnyView {
                    $part($part::Which::$page).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )+
    };
}

part! {
    widget_pages, __preload_widget_pages,
    /// `/widgets/{id}`
    WidgetRoute = Widget,
    /// `/widgets/new`
    WidgetNewRoute = WidgetNew,
    /// `/widgets`
    WidgetsRoute = Widgets,
}

part! {
    people_pages, __preload_people_pages,
    /// `/settings`
    SettingsRoute = Settings,
    /// `/forgot`
    ForgotRoute = Forgot,
    /// `/reset/{link}`
    ResetRoute = Reset,
    /// `/confirm/{link}`
    ConfirmRoute = Confirm,
}

part! {
    seldom_pages, __preload_seldom_pages,
    /// `/sessions`
    SessionsRoute = Sessions,
    /// `/auth/trouble/{kind}`
    TroubleRoute = TroublePage,
    /// `/meta/deletion/{code}`
    DeletionRoute = Deletion,
}
