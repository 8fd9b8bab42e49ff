//! Instagram: `POST /oauth/access_token`, from a code to a short-lived token.

use super::{call::Call, reply};
use crate::{
    Sandbox,
    cast::{Platform, person},
    signed,
    state::{ExchangeShape, PermissionsShape, State, TokenKind, UserIdShape},
};
use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};

const MISMATCH: &str = "Error validating verification code. Please make sure your redirect_uri is identical to the \
                        one you used in the OAuth dialog request";

/// Answers the exchange. Meta: errors come in a shape of their own, not in the Graph envelope.
pub(crate) fn exchange(sandbox: &Sandbox, call: &Call) -> Response {
    let result = sandbox.change(|state| grant(sandbox, state, call));
    let state = sandbox.state();
    let switches = &state.switches;
    match result {
        Ok(value) => reply::json(switches, StatusCode::OK, &value),
        Err(message) => {
            let error = json!({ "error_type": "OAuthException", "code": 400, "error_message": message });
            reply::json(switches, StatusCode::BAD_REQUEST, &error)
        }
    }
}

fn grant(sandbox: &Sandbox, state: &mut State, call: &Call) -> Result<Value, String> {
    let app = sandbox.app(Platform::Instagram);
    // Meta: a JSON body is not read, so that the app is missing; the Meta app's id gives the same answer.
    if !call.form || call.version.is_some() || call.text("client_id") != app.client_id {
        return Err("Invalid platform app".to_owned());
    }
    if call.text("grant_type") != "authorization_code" {
        return Err("Invalid grant_type: Only authorization_code is supported".to_owned());
    }
    // Meta: a wrong secret is reported as a wrong redirect.
    if !signed::same(call.text("client_secret"), &app.client_secret) {
        return Err(MISMATCH.to_owned());
    }
    let given = call.text("code");
    let found = state.codes.iter_mut().find(|code| code.value == given && code.platform == Platform::Instagram);
    let Some(code) = found else {
        let unknown = if given.starts_with("AQ") && !given.contains('#') {
            "Matching code was not found or was already used"
        } else {
            "Invalid authorization code"
        };
        return Err(unknown.to_owned());
    };
    if code.used {
        return Err("This authorization code has been used".to_owned());
    }
    if call.now >= code.expires_at {
        return Err("Matching code was not found or was already used".to_owned());
    }
    if code.redirect_uri != call.text("redirect_uri") {
        return Err(MISMATCH.to_owned());
    }
    code.used = true;
    let username = code.username.clone();
    let person = person(&username).ok_or("Invalid authorization code")?;
    let token = state.issue(person, TokenKind::Short, call.now);
    let granted = state.standing(&username).granted;
    let permissions = match state.switches.permissions_shape {
        PermissionsShape::Array => json!(granted),
        PermissionsShape::String => json!(granted.into_iter().collect::<Vec<_>>().join(",")),
    };
    let user_id = match (state.switches.user_id_shape, person.id.parse::<u64>()) {
        (UserIdShape::Number, Ok(id)) => json!(id),
        _ => json!(person.id),
    };
    let answer = json!({ "access_token": token.value, "user_id": user_id, "permissions": permissions });
    Ok(match state.switches.exchange_shape {
        ExchangeShape::Flat => answer,
        ExchangeShape::Data => json!({ "data": [answer] }),
    })
}
