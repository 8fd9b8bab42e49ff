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
    /// Somebody who looks after many accounts.
    Email(Vec<AccountView>, QueueView),
    /// The owner of a token: their own comes first.
    Social(Vec<TokenView>, QueueView),
}

/// All tokens of the person's accounts.
#[server(MyTokens, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/mine")]
pub async fn mine() -> Result<TokensOf, ApiError> {
    use crate::api::context::{failed, services, signed};
    use backend::service::{accounts, queue, tokens};
    use domain::view::Login;

    let Some(signed) = signed() else { return Ok(TokensOf::SignedOut) };
    let (services, me) = (services(), signed.me);
    let queue = queue::of_person(&services, &me).await.map_err(failed)?;
    Ok(match me.login {
        Login::Email => TokensOf::Email(accounts::list(&services, &me).await.map_err(failed)?, queue),
        Login::Social(_) => TokensOf::Social(tokens::mine(&services, &me).await.map_err(failed)?, queue),
    })
}
