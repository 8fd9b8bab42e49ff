//! Facebook: `GET /oauth/access_token` in its three uses. Errors come in the Graph envelope.

use super::{auth, call::Call, error::GraphError, reply};
use crate::{
    Sandbox,
    cast::{Platform, person},
    signed,
    state::{ExtensionLife, RefreshString, State, Token, TokenKind},
};
use axum::{http::StatusCode, response::Response};
use serde_json::json;

const FACEBOOK: Platform = Platform::Facebook;

/// From a code to a user token of an hour or two.
pub(crate) fn from_code(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    check_app(sandbox, call)?;
    let token = sandbox.change(|state| spend(state, call))?;
    Ok(answer(sandbox, call, &token))
}

/// From a living user token to a new string of about 60 days. Meta: there is no other way to renew. By the switch
/// `extension_life` a long-lived one gets no more than what is left; the string then changes unless `refresh_string`
/// says "same".
pub(crate) fn extend(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    check_app(sandbox, call)?;
    let given = call.text("fb_exchange_token");
    if given.is_empty() {
        return Err(GraphError::parameter(FACEBOOK, "fb_exchange_token parameter not specified"));
    }
    let token = sandbox.change(|state| {
        let caller = auth::living(sandbox, state, call, FACEBOOK, given)?;
        if caller.token.kind == TokenKind::Page {
            return Err(GraphError::parameter(FACEBOOK, "A page access token cannot be exchanged."));
        }
        let life = state.switches.extension_life;
        if life == ExtensionLife::WhatIsLeft
            && caller.token.kind == TokenKind::Long
            && state.switches.refresh_string == RefreshString::Same
        {
            return Ok(caller.token);
        }
        Ok(state.extended(caller.person, &caller.token, call.now))
    })?;
    Ok(answer(sandbox, call, &token))
}

/// The app's own token, which is nothing but its id and secret.
pub(crate) fn app_token(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    check_app(sandbox, call)?;
    let app = sandbox.app(FACEBOOK);
    let value = json!({ "access_token": format!("{}|{}", app.client_id, app.client_secret), "token_type": "bearer" });
    Ok(reply::json(&sandbox.state().switches, StatusCode::OK, &value))
}

fn check_app(sandbox: &Sandbox, call: &Call) -> Result<(), GraphError> {
    let app = sandbox.app(FACEBOOK);
    if call.text("client_id") != app.client_id {
        let message = "Error validating application. Cannot get application info due to a system error.";
        return Err(GraphError::new(FACEBOOK, 101, message));
    }
    if !signed::same(call.text("client_secret"), &app.client_secret) {
        return Err(GraphError::new(FACEBOOK, 1, "Error validating client secret."));
    }
    Ok(())
}

fn spend(state: &mut State, call: &Call) -> Result<Token, GraphError> {
    let refused =
        |subcode, message: &str| Err(GraphError { subcode: Some(subcode), ..GraphError::parameter(FACEBOOK, message) });
    let given = call.text("code");
    let found = state.codes.iter_mut().find(|code| code.value == given && code.platform == FACEBOOK);
    let Some(code) = found else {
        return Err(GraphError::parameter(FACEBOOK, "Invalid verification code format."));
    };
    if code.used {
        return refused(36009, "This authorization code has been used.");
    }
    if call.now >= code.expires_at {
        return refused(36007, "This authorization code has expired.");
    }
    if code.redirect_uri != call.text("redirect_uri") {
        return refused(
            36008,
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used \
             in the OAuth dialog request",
        );
    }
    code.used = true;
    let Some(person) = person(&code.username) else {
        return Err(GraphError::parameter(FACEBOOK, "Invalid verification code format."));
    };
    Ok(state.issue(person, TokenKind::Short, call.now))
}

/// Meta: `expires_in` is sometimes left out.
fn answer(sandbox: &Sandbox, call: &Call, token: &Token) -> Response {
    let state = sandbox.state();
    let switches = &state.switches;
    let mut value = json!({ "access_token": token.value, "token_type": "bearer" });
    let left = token.expires_at.map(|at| (at - call.now).num_seconds());
    if let (false, Some(left)) = (switches.facebook_omits_expires_in, left) {
        value["expires_in"] = json!(left);
    }
    reply::json(switches, StatusCode::OK, &value)
}
