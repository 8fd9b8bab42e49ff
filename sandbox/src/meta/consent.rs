//! The consent pages: Instagram's authorize address and Facebook's dialog.

use super::{
    ask::{Ask, Refusal, ask},
    call::Call,
    consent_page as view,
    obstacle::{Obstacle, obstacle},
};
use crate::{
    Sandbox,
    cast::{Person, Platform, person},
    state::{ConsentAnswer, State},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use std::collections::BTreeSet;
use url::form_urlencoded;

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
