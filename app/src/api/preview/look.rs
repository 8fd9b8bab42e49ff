//! What the front page's preview offers.

use domain::id::AccountId;
use domain::view::PreviewView;
use leptos::prelude::*;

use crate::api::ApiError;

/// The accounts to choose from, and the chosen one's token. For everybody.
#[server(LookAtPreview, prefix = "/api", protocol = crate::api::Wire, endpoint = "preview/look")]
pub async fn look(#[server(default)] account: Option<AccountId>) -> Result<PreviewView, ApiError> {
    use crate::api::context::{failed, services, signed};
    use backend::service::preview;

    let me = signed().map(|signed| signed.me);
    preview::look(&services(), me.as_ref(), account).await.map_err(failed)
}
