//! What somebody has set.

use domain::view::SettingsView;
use leptos::prelude::*;

use crate::api::ApiError;

/// What they have set, and what they could.
#[server(GetSettings, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/settings")]
pub async fn get_settings() -> Result<SettingsView, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::people::settings;

    settings::view(&services(), &require_signed()?).await.map_err(failed)
}
