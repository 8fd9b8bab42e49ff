//! The address that a link from a mail is about.

use domain::mail::Purpose;
use leptos::prelude::*;

use crate::api::ApiError;

/// The address, while the link is good.
#[server(BehindLink, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/behind-link")]
pub async fn behind_link(purpose: Purpose, link: String) -> Result<String, ApiError> {
    use crate::api::context::{failed, services};
    use backend::service::people::{address, password};

    let (s, link) = (services(), link.into());
    let address = match purpose {
        Purpose::Confirm => address::behind(&s, &link).await,
        Purpose::Reset => password::behind(&s, &link).await,
    };
    address.map_err(failed)
}
