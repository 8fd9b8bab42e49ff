//! The consent pages: Instagram's authorize address and Facebook's dialog.

use super::{call::Call, consent_page as view};
use crate::{
    Sandbox,
    cast::{Person, Platform, person},
    state::{AppAccess, AuthorizeHost, ConsentAnswer, State},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use std::collections::BTreeSet;
use url::form_urlencoded;

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

/// `GET`: who are you, and may the app?
pub(crate) fn show(sandbox: &Sandbox, call: &Call, platform: Platform) -> Response {
    match ask(sandbox, call, platform) {
        Ok(ask) => page(sandbox, &ask),
        Err(refusal) => view::refusal(platform, &refusal),
    }
}

/// `POST`: the person's answer.
pub(crate) fn decide(sandbox: &Sandbox, call: &Call) -> Response {
    let platform =
        if call.path.first().is_some_and(|part| part == "dialog") { Platform::Facebook } else { Platform::Instagram };
    let ask = match ask(sandbox, call, platform) {
        Ok(ask) => ask,
        Err(refusal) => return view::refusal(platform, &refusal),
    };
    if call.text("decision") == "cancel" {
        return back(&ask, &denial(platform));
    }
    let Some(person) = chosen(&ask) else { return page(sandbox, &ask) };
    match call.text("decision") {
        "pass-checkpoint" => sandbox.change(|state| state.standing_mut(person.username).checkpoint = None),
        "confirm" => sandbox.change(|state| state.standing_mut(person.username).unconfirmed = false),
        "allow" if obstacle(&sandbox.state(), person, call).is_none() => return allow(sandbox, &ask, person),
        _ => {}
    }
    page(sandbox, &ask)
}

/// What stands between a person and the consent page.
pub(crate) enum Obstacle {
    Checkpoint,
    Unconfirmed,
    NotTester,
}

fn obstacle(state: &State, person: &Person, call: &Call) -> Option<Obstacle> {
    let standing = state.standing(person.username);
    if standing.checkpointed(call.now) {
        Some(Obstacle::Checkpoint)
    } else if standing.unconfirmed {
        Some(Obstacle::Unconfirmed)
    } else {
        let refused = !standing.tester && state.switches.app_access == AppAccess::Development;
        refused.then_some(Obstacle::NotTester)
    }
}

fn page(sandbox: &Sandbox, ask: &Ask) -> Response {
    let Some(person) = chosen(ask) else { return view::chooser(ask) };
    let state = sandbox.state();
    match obstacle(&state, person, ask.call) {
        Some(Obstacle::NotTester) => view::refusal(
            ask.platform,
            &Refusal {
                status: StatusCode::BAD_REQUEST,
                title: "Insufficient developer role",
                text: "The app is in development mode, and this account has not accepted its invitation as a tester."
                    .to_owned(),
            },
        ),
        Some(obstacle) => view::obstacle(ask, person, &obstacle),
        None => view::consent(ask, person, &state.standing(person.username)),
    }
}

fn chosen(ask: &Ask) -> Option<&'static Person> {
    person(ask.call.text("as")).filter(|person| person.platform == ask.platform)
}

/// Consent: a code, and the way back. Meta: Instagram ends the address with `#_`, Facebook with `#_=_`.
fn allow(sandbox: &Sandbox, ask: &Ask, person: &Person) -> Response {
    let answer = sandbox.state().switches.consent_answer;
    if let Some(error) = error(answer) {
        return back(ask, &error);
    }
    let mut ticked: BTreeSet<String> = ask.call.all("permission").map(str::to_owned).collect();
    if ask.platform == Platform::Facebook {
        ticked.insert("public_profile".to_owned());
    }
    let asked = shown(ask, &sandbox.state(), person);
    let code = sandbox.change(|state| {
        if ask.again {
            // Everything is offered once more, and ticked.
            state.standing_mut(person.username).unshared.clear();
        }
        state.consent(person, ask.redirect_uri, &asked, &ticked, ask.call.now)
    });
    let mut fields = vec![("code", code)];
    if ask.call.text("response_type").contains("granted_scopes") {
        let list = |granted: bool| {
            let scopes = ask.scopes.iter().filter(|scope| ticked.contains(*scope) == granted);
            scopes.map(String::as_str).collect::<Vec<_>>().join(",")
        };
        fields.push(("granted_scopes", list(true)));
        fields.push(("denied_scopes", list(false)));
    }
    back(ask, &fields)
}

/// The permissions on the page. Meta: Facebook does not ask again for a declined one unless `auth_type=rerequest`.
fn shown(ask: &Ask, state: &State, person: &Person) -> Vec<String> {
    let declined = state.standing(person.username).declined;
    let hides = ask.platform == Platform::Facebook && !ask.again;
    ask.scopes.iter().filter(|scope| !(hides && declined.contains(*scope))).cloned().collect()
}

fn denial(platform: Platform) -> Vec<(&'static str, String)> {
    let said = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    match platform {
        Platform::Instagram => said(&[
            ("error", "access_denied"),
            ("error_reason", "user_denied"),
            ("error_description", "The user denied your request"),
        ]),
        Platform::Facebook => said(&[
            ("error", "access_denied"),
            ("error_code", "200"),
            ("error_description", "Permissions error"),
            ("error_reason", "user_denied"),
        ]),
    }
}

/// What comes back instead of a code.
fn error(answer: ConsentAnswer) -> Option<Vec<(&'static str, String)>> {
    let said = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    match answer {
        ConsentAnswer::Code => None,
        ConsentAnswer::Unavailable => {
            Some(said(&[("error", "temporarily_unavailable"), ("error_description", "Please try again later.")]))
        }
        ConsentAnswer::ErrorCodeOnly => {
            Some(said(&[("error_code", "2"), ("error_message", "An unexpected error has occurred.")]))
        }
        ConsentAnswer::AppError => Some(said(&[
            ("error_code", "1349187"),
            ("error_message", "Invalid redirect: the redirect is not compatible with the requested permissions."),
        ])),
    }
}

/// Back to the app, with `state` as it came.
fn back(ask: &Ask, fields: &[(&'static str, String)]) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        query.append_pair(name, value);
    }
    if let Some(state) = ask.call.get("state") {
        query.append_pair("state", state);
    }
    let joint = if ask.redirect_uri.contains('?') { '&' } else { '?' };
    let end = if ask.platform == Platform::Instagram { "#_" } else { "#_=_" };
    let target = format!("{}{joint}{}{end}", ask.redirect_uri, query.finish());
    match HeaderValue::from_str(&target) {
        Ok(target) => (StatusCode::FOUND, [(header::LOCATION, target)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

impl Ask<'_> {
    /// The app's own parameters.
    pub(crate) fn carried(&self) -> impl Iterator<Item = &(String, String)> {
        self.call.fields.iter().filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str()))
    }
}

/// Checks the app's parameters in Meta's order.
fn ask<'a>(sandbox: &Sandbox, call: &'a Call, platform: Platform) -> Result<Ask<'a>, Refusal> {
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
