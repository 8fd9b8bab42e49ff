//! Where the person's widgets stand.

use domain::view::QueueView;
use leptos::prelude::*;

use crate::api::ApiError;

/// The refresh queue of the person's widgets.
#[server(MyQueue, prefix = "/api", protocol = crate::api::Wire, endpoint = "queue/mine")]
pub async fn mine() -> Result<QueueView, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::queue;

    let me = require_signed()?.me;
    queue::of_person(&services(), &me).await.map_err(failed)
}
