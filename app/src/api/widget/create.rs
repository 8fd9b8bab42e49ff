//! Making a widget.

use domain::form::Draft;
use domain::id::AccountId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Makes the widget, queues it, and says where its page is.
#[server(CreateWidget, prefix = "/api", protocol = crate::api::Wire, endpoint = "widget/create")]
pub async fn create(account: AccountId, #[server(default)] settings: Draft) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{leave_for, require_signed, services, settings_failed};
    use backend::service::widgets;
    use domain::notice::Notice;

    let me = require_signed()?.me;
    let made = widgets::create(&services(), &me, account, &settings).await;
    let id = made.map_err(|error| settings_failed(error, settings))?;
    Ok(leave_for(Route::Widget(id).saying(Notice::WidgetCreated)))
}
