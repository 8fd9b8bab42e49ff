//! The token of one account.

use domain::id::AccountId;
use domain::view::TokenView;
use leptos::prelude::*;

use crate::api::ApiError;

/// Everything about the token that an account lives by.
#[server(TokenOfAccount, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/of-account")]
pub async fn of_account(account: AccountId) -> Result<TokenView, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::tokens;

    let me = require_signed()?.me;
    tokens::of_account(&services(), &me, account).await.map_err(failed)
}
