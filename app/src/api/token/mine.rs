//! The tokens of the signed-in person.

use domain::view::TokenView;
use leptos::prelude::*;

use crate::api::ApiError;

/// All tokens of the person's accounts; a social login's own comes first.
#[server(MyTokens, prefix = "/api", protocol = crate::api::Wire, endpoint = "token/mine")]
pub async fn mine() -> Result<Vec<TokenView>, ApiError> {
    use crate::api::context::{failed, require_signed, services};
    use backend::service::tokens;

    let me = require_signed()?.me;
    tokens::mine(&services(), &me).await.map_err(failed)
}
