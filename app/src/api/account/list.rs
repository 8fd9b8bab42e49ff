//! The accounts a person looks after.

use domain::id::AccountId;
use domain::page::{AccountOrder, Page, Search};
use domain::view::AccountView;
use leptos::prelude::*;

use crate::api::ApiError;

/// A page of the connected accounts, each with its token's first glance. `brief`
/// leaves out the pictures of their lives.
#[server(ListAccounts, prefix = "/api", protocol = crate::api::Wire, endpoint = "account/list")]
pub async fn list(
    #[server(default)] search: Search,
    #[server(default)] order: AccountOrder,
    #[server(default)] after: Option<AccountId>,
    #[server(default)] brief: bool,
) -> Result<Page<AccountView>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::accounts;

    let me = require_signed()?.me;
    let asked = accounts::Asked { role: None, search, order, after, brief };
    accounts::page(&services(), &me, &asked).await.map_err(failed)
}
