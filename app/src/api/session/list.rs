//! The browsers somebody is signed in with.

use domain::view::SessionView;
use leptos::prelude::*;

use crate::api::ApiError;

/// The person's sessions.
#[server(ListSessions, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/list")]
pub async fn list() -> Result<Vec<SessionView>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::people;

    let signed = require_signed()?;
    people::sessions(&services(), &signed).await.map_err(failed)
}
