//! The mail with the link to confirm an address, once more.

use leptos::prelude::*;

use crate::api::ApiError;

/// Sends it, and says where to go.
#[server(AskAgain, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/ask-again")]
pub async fn ask_again() -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, language, leave_for, require_signed, services};
    use backend::service::people::address;
    use domain::notice::Notice;

    address::ask_again(&services(), &require_signed()?, language()).await.map_err(failed)?;
    Ok(leave_for(Route::Settings.saying(Notice::MailSent)))
}
