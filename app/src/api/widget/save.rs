//! Changing how a widget looks.

use domain::form::Draft;
use domain::id::WidgetId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Keeps the settings; a plain form comes back to the widget's page.
#[server(SaveWidget, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/save")]
pub async fn save(widget: WidgetId, #[server(default)] settings: Draft) -> Result<(), ApiError> {
    use crate::Route;
    use crate::api::context::{leave_for, require_signed, services, settings_failed};
    use backend::service::widgets;
    use domain::notice::Notice;

    let me = require_signed()?.me;
    let saved = widgets::save(&services(), &me, widget, &settings).await;
    saved.map_err(|error| settings_failed(error, settings))?;
    leave_for(Route::Widget(widget).saying(Notice::WidgetSaved));
    Ok(())
}
