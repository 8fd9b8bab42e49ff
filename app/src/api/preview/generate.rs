//! The check itself.

use domain::form::Draft;
use domain::id::AccountId;
use leptos::prelude::*;

use crate::api::ApiError;

/// Fetches the account's posts with its token and says where they are shown.
/// What Meta refuses is told there, by the token's status.
#[server(Generate, prefix = "/api", protocol = crate::api::Wire, endpoint = "preview/generate")]
pub async fn generate(account: AccountId, #[server(default)] settings: Draft) -> Result<String, ApiError> {
    use crate::api::context::{failed, leave_for, require_signed, services, settings_failed};
    use crate::draft::{completed, home, spread};
    use backend::service::{Error, preview};

    let me = require_signed()?.me;
    let look = completed(spread(settings.clone())).parse();
    look.map_err(|problems| settings_failed(Error::Settings(problems), settings.clone()))?;
    let s = services();
    let began = s.clock.now();
    preview::generate(&s, &me, account).await.map_err(failed)?;
    let now = preview::look(&s, Some(&me), Some(account)).await.map_err(failed)?;
    let fresh = now.chosen.and_then(|chosen| chosen.fetched_at).is_some_and(|at| at.timestamp() >= began.timestamp());
    Ok(leave_for(format!("{}&shown={}#preview", home(&account.to_string(), &settings), u8::from(fresh))))
}
