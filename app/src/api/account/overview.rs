//! How a person's accounts are.

use domain::view::Overview;
use leptos::prelude::*;

use crate::api::ApiError;

/// How many of the person's accounts work, and what comes next.
#[server(OverviewOfAccounts, prefix = "/api", protocol = crate::api::Wire, endpoint = "account/overview")]
pub async fn overview() -> Result<Overview, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::accounts;

    let me = require_signed()?.me;
    accounts::overview(&services(), &me).await.map_err(failed)
}
