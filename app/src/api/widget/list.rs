//! The widgets of a person's accounts.

use domain::view::WidgetSummary;
use leptos::prelude::*;

use crate::api::ApiError;

/// Every widget with its first glance.
#[server(ListWidgets, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/list")]
pub async fn list() -> Result<Vec<WidgetSummary>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::widgets;

    let me = require_signed()?.me;
    widgets::list(&services(), &me).await.map_err(failed)
}
