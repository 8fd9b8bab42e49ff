//! Not deleting oneself after all.

use leptos::prelude::*;

use crate::api::ApiError;

/// Forgets the plan, and says where to go.
#[server(Stay, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/stay")]
pub async fn stay() -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, require_signed, services};
    use backend::service::people::leaving;
    use domain::notice::Notice;

    leaving::stay(&services(), &require_signed()?).await.map_err(failed)?;
    Ok(leave_for(Route::Settings.saying(Notice::Staying)))
}
