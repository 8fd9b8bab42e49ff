//! Signing out everywhere else.

use leptos::prelude::*;

use crate::api::ApiError;

/// Ends every session of the person but this one.
#[server(RevokeOthers, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/revoke-others")]
pub async fn revoke_others() -> Result<(), ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::people;

    people::revoke_others(&services(), &require_signed()?).await.map_err(failed)
}
