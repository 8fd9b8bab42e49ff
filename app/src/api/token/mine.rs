//! The tokens of the person at this browser.

use domain::id::EntryId;
use domain::page::Page;
use domain::view::{AccountView, Mine, QueueView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// Somebody's tokens, with the widgets that wait for them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TokensOf {
    /// What is their own.
    pub own: Mine,
    /// The accounts they look after for somebody else, as many as a page has.
    pub others: Page<AccountView>,
    /// Their widgets in the refresh queue.
    pub queue: QueueView,
}

/// What the person owns, and what they look after; `None` while nobody is
/// signed in. What happened to one's token is told a page at a time, after this entry.
#[server(MyTokens, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/mine")]
pub async fn mine(#[server(default)] after: Option<EntryId>) -> Result<Option<TokensOf>, ApiError> {
    use crate::api::context::{failed, services, signed};
    use backend::service::{accounts, queue, tokens};
    use domain::member::Role;

    let Some(signed) = signed() else { return Ok(None) };
    let (services, me) = (services(), signed.me);
    let others = accounts::Asked { role: Some(Role::Developer), ..accounts::Asked::default() };
    Ok(Some(TokensOf {
        own: tokens::mine(&services, &me, after).await.map_err(failed)?,
        others: accounts::page(&services, &me, &others).await.map_err(failed)?,
        queue: queue::of_person(&services, &me).await.map_err(failed)?,
    }))
}
