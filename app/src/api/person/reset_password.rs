//! A new password by the link from a mail.

use leptos::prelude::*;

use crate::api::ApiError;

/// Sets it, signs in, and says where to go.
#[server(ResetPassword, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/reset-password")]
pub async fn reset_password(link: String, password: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, client, form_refused, leave_for, services, set_session};
    use backend::service::people;
    use domain::notice::Notice;

    let session = people::password::reset(&services(), &link.into(), &password, &client()).await;
    let session = session.map_err(|error| form_refused(error, Typed::PASSWORD, &[]))?;
    set_session(Some(&session));
    Ok(leave_for(Route::Dashboard.saying(Notice::PasswordChanged)))
}
