//! The widgets of a person's accounts.

use domain::id::WidgetId;
use domain::page::{Page, Search, WidgetOrder};
use domain::view::WidgetSummary;
use leptos::prelude::*;

use crate::api::ApiError;

/// A page of the widgets, each with its first glance.
#[server(ListWidgets, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/list")]
pub async fn list(
    #[server(default)] search: Search,
    #[server(default)] order: WidgetOrder,
    #[server(default)] after: Option<WidgetId>,
) -> Result<Page<WidgetSummary>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::widgets;

    let me = require_signed()?.me;
    widgets::page(&services(), &me, &widgets::Asked { search, order, after }).await.map_err(failed)
}
