//! Another password.

use leptos::prelude::*;

use crate::api::ApiError;

/// Changes it, signs every other browser out, and says where to go.
#[server(ChangePassword, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/change-password")]
pub async fn change_password(old: String, new: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, client, form_refused, leave_for, require_signed, services};
    use backend::service::people::password;
    use domain::notice::Notice;

    const TYPED: Typed = Typed { current: "old", new: "new" };
    let changed = password::change(&services(), &require_signed()?, &old, &new, &client()).await;
    changed.map_err(|error| form_refused(error, TYPED, &[]))?;
    Ok(leave_for(Route::Settings.saying(Notice::PasswordChanged)))
}
