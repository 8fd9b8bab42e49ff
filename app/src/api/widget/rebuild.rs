//! Rebuilding a widget by hand.

use domain::id::WidgetId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Puts the widget into the refresh queue; a plain form comes back to its page.
#[server(RebuildWidget, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/rebuild")]
pub async fn rebuild(widget: WidgetId) -> Result<(), ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, require_signed, services};
    use backend::service::widgets;
    use domain::notice::Notice;

    let me = require_signed()?.me;
    widgets::rebuild(&services(), &me, widget).await.map_err(failed)?;
    leave_for(Route::Widget(widget).saying(Notice::WidgetQueued));
    Ok(())
}
