//! The tokens of the person at this browser.

use domain::view::{AccountView, QueueView, TokenView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// Whose tokens, with the widgets that wait for them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum TokensOf {
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    Person {
        /// Those of the accounts that are their own, those first that need somebody.
        own: Vec<TokenView>,
        /// The accounts they look after for somebody else.
        others: Vec<AccountView>,
        /// Their widgets in the refresh queue.
        queue: QueueView,
    },
}

/// All tokens of the person's accounts.
#[server(MyTokens, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/mine")]
pub async fn mine() -> Result<TokensOf, ApiError> {
    use crate::api::context::{failed, services, signed};
    use backend::service::{accounts, queue, tokens};

    let Some(signed) = signed() else { return Ok(TokensOf::SignedOut) };
    let (services, me) = (services(), signed.me);
    Ok(TokensOf::Person {
        own: tokens::mine(&services, &me).await.map_err(failed)?,
        others: accounts::of_others(&services, &me).await.map_err(failed)?,
        queue: queue::of_person(&services, &me).await.map_err(failed)?,
    })
}
