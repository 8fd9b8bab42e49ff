//! One widget.

use domain::id::WidgetId;
use domain::view::WidgetView;
use leptos::prelude::*;

use crate::api::ApiError;

/// Everything about one widget.
#[server(GetWidget, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/get")]
pub async fn get(widget: WidgetId) -> Result<WidgetView, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::widgets;

    let me = require_signed()?.me;
    widgets::get(&services(), &me, widget).await.map_err(failed)
}
