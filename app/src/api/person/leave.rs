//! Deleting oneself.

use leptos::prelude::*;

use crate::api::ApiError;

/// Plans it, and says where to go. `confirm` is the password of whoever has one.
#[server(LeaveSite, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/leave")]
pub async fn leave(#[server(default)] confirm: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{Typed, client, form_refused, leave_for, require_signed, services};
    use backend::service::people::leaving;
    use domain::notice::Notice;

    const TYPED: Typed = Typed { current: "confirm", new: "confirm" };
    let planned = leaving::plan(&services(), &require_signed()?, &confirm, &client()).await;
    planned.map_err(|error| form_refused(error, TYPED, &[]))?;
    Ok(leave_for(Route::Settings.saying(Notice::Leaving)))
}
