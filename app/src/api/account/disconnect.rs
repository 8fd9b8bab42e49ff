//! Taking an account off one's list.

use domain::id::AccountId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Takes the account off the person's list and says where to go.
#[server(Disconnect, prefix = "/api", protocol = crate::api::Wire, endpoint = "account/disconnect")]
pub async fn disconnect(account: AccountId) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, require_signed, services};
    use backend::service::accounts;

    let me = require_signed()?.me;
    accounts::disconnect(&services(), &me, account).await.map_err(failed)?;
    Ok(leave_for(Route::Accounts.address()))
}
