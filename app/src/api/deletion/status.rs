//! What became of a request.

use domain::view::DeletionView;
use leptos::prelude::*;

use crate::api::ApiError;

/// The request with this confirmation code, if there is one.
#[server(DeletionStatus, prefix = "/api", protocol = crate::api::Wire, endpoint = "deletion/status")]
pub async fn status(code: String) -> Result<Option<DeletionView>, ApiError> {
    use crate::api::context::{failed, services};
    use backend::service::callbacks;

    callbacks::deletion_status(&services(), &code).await.map_err(failed)
}
