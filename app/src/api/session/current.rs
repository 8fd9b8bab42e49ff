//! Who is signed in.

use domain::view::Me;
use leptos::prelude::*;

use crate::api::ApiError;

/// Who is signed in, if anybody.
#[server(CurrentSession, prefix = "/api", protocol = crate::api::Wire, endpoint = "session/current")]
pub async fn current() -> Result<Option<Me>, ApiError> {
    Ok(crate::api::context::signed().map(|signed| signed.me))
}
