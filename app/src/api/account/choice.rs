//! The accounts in a field of a form.

use domain::id::AccountId;
use domain::view::AccountRef;
use leptos::prelude::*;

use crate::api::ApiError;

/// The accounts that one may choose from, by name; `account` is among them.
#[server(ChoiceOfAccounts, prefix = "/api", protocol = crate::api::Wire, endpoint = "account/choice")]
pub async fn choice(#[server(default)] account: Option<AccountId>) -> Result<Vec<AccountRef>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::accounts;

    let me = require_signed()?.me;
    accounts::choice(&services(), &me, account).await.map_err(failed)
}
