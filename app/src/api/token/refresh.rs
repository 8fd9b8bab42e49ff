//! The refresh button.

use domain::Moment;
use domain::id::AccountId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// What the button did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refreshed {
    /// Meta gave a longer life.
    Extended,
    /// Not now; the token still lives and is tried again.
    TryLater,
    /// Only the consent page helps: the browser goes to this address.
    Leave(String),
}

/// Extends the token where Meta allows it, otherwise leads to the consent
/// page. `seen` is from when on the page with the button said that extending
/// is possible; `back` is that page.
#[server(Refresh, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/refresh")]
pub async fn refresh(
    account: AccountId,
    #[server(default)] seen: Option<Moment>,
    #[server(default)] back: String,
) -> Result<Refreshed, ApiError> {
    use crate::api::context::{failed, leave_for, require_signed, services};
    use crate::{Route, path};
    use backend::service::tokens;
    use domain::authorization::Intent;
    use domain::notice::Notice;

    let me = require_signed()?.me;
    let outcome = tokens::refresh(&services(), &me, account, seen).await.map_err(failed)?;
    let back = path::local(&back).map_or_else(|| Route::Accounts.address(), |back| path::bare(back).to_owned());
    let leave = |notice: Notice| leave_for(format!("{back}?notice={notice}"));
    Ok(match outcome {
        tokens::Refreshed::Extended => {
            leave(Notice::Extended);
            Refreshed::Extended
        }
        tokens::Refreshed::TryLater => {
            leave(Notice::TryLater);
            Refreshed::TryLater
        }
        tokens::Refreshed::Consent(platform) => {
            Refreshed::Leave(leave_for(path::start(platform, Intent::Refresh(account))))
        }
    })
}
