//! One way to sign in less.

use domain::platform::Platform;
use leptos::prelude::*;

use crate::api::ApiError;

/// Takes it away, and says where to go. Without a platform it is e-mail and password.
#[server(Unlink, prefix = "/api", protocol = crate::api::Wire, endpoint = "person/unlink")]
pub async fn unlink(#[server(default)] platform: Option<Platform>) -> Result<String, ApiError> {
    use crate::Route;
    use crate::api::context::{failed, leave_for, require_signed, services};
    use backend::service::people::logins;
    use domain::notice::Notice;

    let (s, signed) = (services(), require_signed()?);
    let done = match platform {
        Some(platform) => logins::unlink(&s, &signed, platform).await,
        None => logins::forget_email(&s, &signed).await,
    };
    done.map_err(failed)?;
    Ok(leave_for(Route::Settings.saying(Notice::LoginRemoved)))
}
