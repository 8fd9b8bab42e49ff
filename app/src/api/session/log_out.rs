//! Logging out.

use leptos::prelude::*;

use crate::api::ApiError;

/// Ends this session and goes to the front page. Fine for those who are
/// signed out already.
#[server(LogOut, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/log-out")]
pub async fn log_out() -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, services, set_session, signed};
    use backend::service::people;

    if let Some(signed) = signed() {
        people::log_out(&services(), &signed).await.map_err(failed)?;
    }
    set_session(None);
    Ok(leave_for(Route::Home.address()))
}
