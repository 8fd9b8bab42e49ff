//! The token of one account.

use domain::id::{AccountId, EntryId};
use domain::view::TokenView;
use leptos::prelude::*;

use crate::api::ApiError;

/// Everything about the token that an account lives by. What happened to it is
/// told a page at a time, after this entry.
#[server(TokenOfAccount, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/of-account")]
pub async fn of_account(account: AccountId, #[server(default)] after: Option<EntryId>) -> Result<TokenView, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::tokens;

    let me = require_signed()?.me;
    tokens::of_account(&services(), &me, account, after).await.map_err(failed)
}
