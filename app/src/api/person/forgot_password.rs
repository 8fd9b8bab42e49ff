//! A forgotten password.

use leptos::prelude::*;

use crate::api::ApiError;

/// Has a link sent, if the address is somebody's, and says where to go.
#[server(ForgotPassword, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/forgot-password")]
pub async fn forgot_password(email: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, form_refused, language, leave_for, network, services};
    use backend::service::people::password;
    use domain::notice::Notice;

    let asked = password::forgot(&services(), &email, &network(), language()).await;
    asked.map_err(|error| form_refused(error, Typed::PASSWORD, &[("email", &email)]))?;
    Ok(leave_for(Route::LogIn.saying(Notice::ResetSent)))
}
