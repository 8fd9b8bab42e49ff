//! A new account with e-mail and password.

use leptos::prelude::*;

use crate::api::ApiError;

/// Creates the account, logs in, and says where to go: `next`, or the dashboard.
#[server(SignUp, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/sign-up")]
pub async fn sign_up(email: String, password: String, #[server(default)] next: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, client, form_refused, leave_for, services, set_session};
    use crate::path::local;
    use backend::service::people;
    use domain::notice::Notice;

    let session = people::sign_up(&services(), &email, &password, &client()).await;
    let session = session.map_err(|error| form_refused(error, Typed::PASSWORD, &[("email", &email)]))?;
    set_session(Some(&session));
    Ok(leave_for(local(&next).map_or_else(|| Route::Dashboard.saying(Notice::SignedUp), str::to_owned)))
}
