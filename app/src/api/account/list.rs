//! The accounts a person looks after.

use domain::view::AccountView;
use leptos::prelude::*;

use crate::api::ApiError;

/// Every connected account with its token's first glance.
#[server(ListAccounts, prefix = "/api", protocol = crate::api::Wire, endpoint = "account/list")]
pub async fn list() -> Result<Vec<AccountView>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::accounts;

    let me = require_signed()?.me;
    accounts::list(&services(), &me).await.map_err(failed)
}
