//! Logging in with e-mail and password.

use leptos::prelude::*;

use crate::api::ApiError;

/// Logs in and says where to go: `next`, or the dashboard.
#[server(LogIn, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/log-in")]
pub async fn log_in(email: String, password: String, #[server(default)] next: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, client, form_refused, leave_for, services, set_session};
    use crate::path::local;
    use backend::service::people;

    let session = people::log_in(&services(), &email, &password, &client()).await;
    let session = session.map_err(|error| form_refused(error, Typed::PASSWORD, &[("email", &email)]))?;
    set_session(Some(&session));
    Ok(leave_for(local(&next).map_or_else(|| Route::Dashboard.address(), str::to_owned)))
}
