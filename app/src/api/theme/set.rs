//! Keeping somebody's choice.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::theme::Theme;

/// Keeps the choice in a cookie for a year; a plain form comes back to its page.
#[server(SetTheme, prefix = "/api", protocol = crate::api::Wire, endpoint = "theme/set")]
pub async fn set_theme(theme: Theme) -> Result<Theme, ApiError> {
    use domain::word::Word as _;

    use crate::api::context::{cookie_policy, set_cookie};
    use crate::cookie::choice;
    use crate::theme::COOKIE;

    set_cookie(&choice(cookie_policy(), COOKIE, theme.word()));
    Ok(theme)
}
