//! Destroying a widget.

use domain::id::WidgetId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Deletes the widget and says where to go.
#[server(DeleteWidget, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/delete")]
pub async fn delete(widget: WidgetId) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, require_signed, services};
    use backend::service::widgets;
    use domain::notice::Notice;

    let me = require_signed()?.me;
    widgets::delete(&services(), &me, widget).await.map_err(failed)?;
    Ok(leave_for(Route::Widgets.saying(Notice::WidgetDeleted)))
}
