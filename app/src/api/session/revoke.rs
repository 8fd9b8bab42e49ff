//! Signing another browser out.

use domain::id::SessionId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Ends one of the person's sessions.
#[server(Revoke, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/revoke")]
pub async fn revoke(session: SessionId) -> Result<(), ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::people;

    let signed = require_signed()?;
    people::revoke(&services(), &signed, session).await.map_err(failed)
}
