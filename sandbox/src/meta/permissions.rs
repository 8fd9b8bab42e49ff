//! Facebook: permissions, read and revoked.

use super::{auth, call::Call, error::GraphError, reply};
use crate::{
    Sandbox,
    cast::{Person, Platform},
    state::{End, TokenKind},
};
use axum::{
    http::{Method, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

const FACEBOOK: Platform = Platform::Facebook;

/// `GET /me/permissions`, `DELETE /{id}/permissions` and `DELETE /{id}/permissions/{name}`.
pub(crate) fn serve(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    let person = self_named(sandbox, call)?;
    let name = call.path.get(2);
    if call.method == Method::GET {
        return Ok(list(sandbox, person));
    }
    sandbox.change(|state| match name {
        // Meta: without a name the app is removed and the tokens end "through an API call".
        None => state.disconnect(person.username, End::ByCall),
        Some(name) => {
            let standing = state.standing_mut(person.username);
            standing.granted.remove(name);
            standing.declined.insert(name.clone());
        }
    });
    Ok(reply::json(&sandbox.state().switches, StatusCode::OK, &json!({ "success": true })))
}

fn self_named(sandbox: &Sandbox, call: &Call) -> Result<&'static Person, GraphError> {
    let state = sandbox.state();
    let caller = auth::caller(sandbox, &state, call)?;
    let id = call.path.first().map_or("", String::as_str);
    if caller.token.kind == TokenKind::Page || !(id == "me" || id == caller.person.id) {
        return Err(GraphError::no_object(FACEBOOK, id));
    }
    Ok(caller.person)
}

fn list(sandbox: &Sandbox, person: &Person) -> Response {
    let state = sandbox.state();
    let standing = state.standing(person.username);
    let row = |status: &'static str| move |name: &String| json!({ "permission": name, "status": status });
    let rows: Vec<Value> =
        standing.granted.iter().map(row("granted")).chain(standing.declined.iter().map(row("declined"))).collect();
    reply::json(&state.switches, StatusCode::OK, &json!({ "data": rows }))
}
