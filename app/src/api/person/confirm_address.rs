//! An address is whose it says.

use leptos::prelude::*;

use crate::api::ApiError;

/// Confirms the address that the link is about, and says where to go.
#[server(ConfirmAddress, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/confirm-address")]
pub async fn confirm_address(link: String) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, services, signed};
    use backend::service::people::address;
    use domain::notice::Notice;

    address::confirm(&services(), &link.into()).await.map_err(failed)?;
    let place = signed().map_or(Route::LogIn, |signed| signed.me.home().into());
    Ok(leave_for(place.saying(Notice::AddressConfirmed)))
}
