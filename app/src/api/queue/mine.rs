//! Where the person's widgets stand.

use domain::id::WidgetId;
use domain::view::QueueView;
use leptos::prelude::*;

use crate::api::ApiError;

/// The refresh queue of the person's widgets, or of one of them alone.
#[server(MyQueue, prefix = "/api", protocol = crate::api::Wire, endpoint = "queue/mine")]
pub async fn mine(#[server(default)] widget: Option<WidgetId>) -> Result<QueueView, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::queue;

    let (s, me) = (services(), require_signed()?.me);
    match widget {
        Some(widget) => queue::of_widget(&s, &me, widget).await,
        None => queue::of_person(&s, &me).await,
    }
    .map_err(failed)
}
