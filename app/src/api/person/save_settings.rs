//! Keeping what somebody has set.

use leptos::prelude::*;

use crate::api::ApiError;

/// Keeps it, and says where to go.
#[server(SaveSettings, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/save-settings")]
pub async fn save_settings(
    #[server(default)] name: String,
    #[server(default)] language: String,
    #[server(default)] time_zone: String,
    #[server(default)] theme: String,
) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{leave_for, require_signed, services, settings_failed};
    use backend::service::people::settings;
    use domain::form::Draft;
    use domain::notice::Notice;

    let fields = [("name", name), ("language", language), ("time_zone", time_zone), ("theme", theme)];
    let draft = Draft(fields.map(|(field, text)| (field.to_owned(), text)).into());
    let saved = settings::save(&services(), &require_signed()?, &draft).await;
    saved.map_err(|error| settings_failed(error, draft))?;
    Ok(leave_for(Route::Settings.saying(Notice::SettingsSaved)))
}
