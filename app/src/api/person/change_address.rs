//! Another address to log in with, or a first one.

use leptos::prelude::*;

use crate::api::ApiError;

/// Writes to the new address, and says where to go. `secret` is the password, or
/// the first one of whoever has none.
#[server(ChangeAddress, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/change-address")]
pub async fn change_address(email: String, secret: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, client, form_refused, leave_for, require_signed, services};
    use backend::service::people::address;
    use domain::notice::Notice;

    const TYPED: Typed = Typed { current: "secret", new: "secret" };
    let changed = address::change(&services(), &require_signed()?, &email, &secret, &client()).await;
    changed.map_err(|error| form_refused(error, TYPED, &[("email", &email)]))?;
    Ok(leave_for(Route::Settings.saying(Notice::MailSent)))
}
