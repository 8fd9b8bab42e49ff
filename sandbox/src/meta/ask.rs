//! What an app asks for on the consent page, and whether that is in order.

use super::call::Call;
use crate::{Sandbox, cast::Platform, state::AuthorizeHost};
use axum::http::StatusCode;

/// Fields of the consent pages themselves; the others are the app's and are carried along.
const OWN_FIELDS: [&str; 3] = ["as", "decision", "permission"];

/// What an app asks for, found to be in order.
pub(crate) struct Ask<'a> {
    pub call: &'a Call,
    pub platform: Platform,
    pub redirect_uri: &'a str,
    pub scopes: Vec<String>,
    /// `auth_type=rerequest`: ask again for what was declined.
    pub again: bool,
    /// The app wants the person to sign in anew.
    pub force_reauth: bool,
}

/// Why an app is refused. Meta: on a page of its own, with no way back to the app.
pub(crate) struct Refusal {
    pub status: StatusCode,
    pub title: &'static str,
    pub text: String,
}

impl Ask<'_> {
    /// The app's own parameters.
    pub(crate) fn carried(&self) -> impl Iterator<Item = &(String, String)> {
        self.call.fields.iter().filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str()))
    }
}

/// Checks the app's parameters in Meta's order.
pub(crate) fn ask<'a>(sandbox: &Sandbox, call: &'a Call, platform: Platform) -> Result<Ask<'a>, Refusal> {
    let refused = |title, text: String| Refusal { status: StatusCode::BAD_REQUEST, title, text };
    // Meta: since August 2026 the api host answers the authorize address with this page only.
    let gone = call.host_name.as_deref() == Some("api.instagram.com")
        || sandbox.state().switches.authorize_host == AuthorizeHost::ApiDeadPage;
    let client_id = call.text("client_id");
    if platform == Platform::Instagram && (gone || client_id.is_empty() || client_id == "undefined") {
        return Err(Refusal {
            status: StatusCode::NOT_FOUND,
            title: "Sorry, this page isn't available.",
            text: "The link you followed may be broken, or the page may have been removed.".to_owned(),
        });
    }
    let app = sandbox.app(platform);
    if client_id != app.client_id {
        return Err(match platform {
            Platform::Instagram => {
                refused("Invalid Request", "Request parameters are invalid: Invalid platform app".to_owned())
            }
            Platform::Facebook => {
                refused("Invalid App ID", "The provided app ID does not look like a valid app ID.".to_owned())
            }
        });
    }
    let redirect_uri = call.text("redirect_uri");
    let standard = format!("{}/auth/{}/callback", sandbox.settings().product_url, platform.name());
    if redirect_uri != standard && !app.redirect_uris.iter().any(|allowed| allowed == redirect_uri) {
        return Err(match platform {
            Platform::Instagram => {
                refused("Invalid Request", "Request parameters are invalid: Invalid redirect_uri".to_owned())
            }
            Platform::Facebook => refused(
                "URL Blocked",
                "This redirect failed because the redirect URI is not whitelisted in the app's Client OAuth Settings."
                    .to_owned(),
            ),
        });
    }
    let response_type = call.text("response_type");
    let known = ["code", "code,granted_scopes", "code granted_scopes", "granted_scopes"].contains(&response_type)
        || (platform == Platform::Facebook && response_type.is_empty());
    if !known {
        let text = "Request parameters are invalid: Invalid response_type".to_owned();
        return Err(refused("Invalid Request", text));
    }
    let scopes = scopes(call, platform)?;
    Ok(Ask {
        call,
        platform,
        redirect_uri,
        scopes,
        again: call.text("auth_type").split(',').any(|kind| kind == "rerequest"),
        force_reauth: ["force_reauth", "force_authentication"]
            .iter()
            .any(|name| ["true", "1"].contains(&call.text(name)))
            || call.text("auth_type").contains("reauth"),
    })
}

/// Meta: comma- or space-separated; a name of the other family is refused before consent.
fn scopes(call: &Call, platform: Platform) -> Result<Vec<String>, Refusal> {
    let text = call.text("scope");
    let refused = |text: String| Refusal { status: StatusCode::BAD_REQUEST, title: "Invalid Scopes", text };
    let mut scopes: Vec<String> = Vec::new();
    for scope in text.split([',', ' ', '+']).filter(|scope| !scope.is_empty()) {
        if !platform.scopes().contains(&scope) {
            return Err(refused(format!("Invalid scope: {scope}. This message is only shown to developers.")));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    match platform {
        // Meta: instagram_business_basic is always needed.
        Platform::Instagram if !scopes.iter().any(|scope| scope == platform.basic_scope()) => {
            Err(refused(format!("Invalid scope: [{}]", scopes.join(","))))
        }
        Platform::Facebook if scopes.is_empty() => Ok(vec!["public_profile".to_owned()]),
        _ => Ok(scopes),
    }
}
