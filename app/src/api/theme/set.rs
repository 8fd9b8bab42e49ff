//! Keeping somebody's choice.

use domain::person::Theme;
use leptos::prelude::*;

use crate::api::ApiError;

/// Keeps the choice with whoever is signed in, and in a cookie for a year; a
/// plain form comes back to its page.
#[server(SetTheme, prefix = "/api", protocol = crate::api::Wire, endpoint = "theme/set")]
pub async fn set_theme(theme: Theme) -> Result<Theme, ApiError> {
    use backend::service::people;
    use domain::word::Word as _;

    use crate::api::context::{cookie_policy, failed, services, set_cookie, signed};
    use crate::cookie::choice;
    use crate::theme::COOKIE;

    if let Some(signed) = signed() {
        people::settings::paint(&services(), &signed, theme).await.map_err(failed)?;
    }
    set_cookie(&choice(cookie_policy(), COOKIE, theme.word()));
    Ok(theme)
}
