//! Switches, calls, callbacks, tokens and the fresh start.

use super::{
    people::{done, find},
    problem::{Problem, read},
};
use crate::{
    Sandbox,
    callback::{self, Notice},
    state::{SWITCHES, State, Switches, TokenKind},
};
use axum::{
    Json,
    body::Bytes,
    extract::{OriginalUri, State as Extract},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) async fn switches(Extract(sandbox): Extract<Sandbox>) -> Json<Value> {
    Json(json!(sandbox.state().switches))
}

pub(crate) async fn set_switches(Extract(sandbox): Extract<Sandbox>, body: Bytes) -> Result<Json<Value>, Problem> {
    turn(&sandbox, &read(&body)?)?;
    Ok(switches(Extract(sandbox)).await)
}

/// Sets the named switches and leaves the others.
pub(crate) fn turn(sandbox: &Sandbox, wish: &Value) -> Result<(), Problem> {
    let wish = wish.as_object().ok_or_else(|| Problem::bad("an object of switches is wanted"))?;
    for name in wish.keys() {
        if !SWITCHES.iter().any(|switch| switch.name == name) {
            return Err(Problem::unknown("switch", name, SWITCHES.iter().map(|switch| switch.name)));
        }
    }
    let mut all = json!(sandbox.state().switches);
    for (name, position) in wish {
        all[name] = position.clone();
    }
    let set: Switches = serde_json::from_value(all).map_err(|error| Problem::bad(error.to_string()))?;
    sandbox.change(|state| state.switches = set);
    Ok(())
}

/// Back to the fresh test world: no tokens, no faults, the real time.
pub(crate) async fn reset(Extract(sandbox): Extract<Sandbox>) -> Json<Value> {
    start_over(&sandbox);
    done()
}

pub(crate) fn start_over(sandbox: &Sandbox) {
    sandbox.change(|state| *state = State::fresh());
    sandbox.calls().clear();
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    username: String,
    kind: String,
}

/// Posts a signed callback to the product, and answers with what the product said.
pub(crate) async fn send(Extract(sandbox): Extract<Sandbox>, body: Bytes) -> Result<Json<Value>, Problem> {
    let wish: Send = serde_json::from_value(read(&body)?).map_err(|error| Problem::bad(error.to_string()))?;
    let person = find(&wish.username)?;
    let notice: Notice = serde_json::from_value(json!(wish.kind))
        .map_err(|_| Problem::unknown("callback", &wish.kind, ["deauthorize", "data-deletion"]))?;
    match callback::send(&sandbox, person, notice).await {
        Ok(answer) => Ok(Json(json!(answer))),
        Err(error) => Err(Problem { status: StatusCode::BAD_GATEWAY, ..Problem::bad(error.to_string()) }),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Make {
    username: String,
    #[serde(default = "long")]
    kind: TokenKind,
    permissions: Option<Vec<String>>,
}

fn long() -> TokenKind {
    TokenKind::Long
}

/// Makes a token without a consent page, as Meta's dashboard does, and shows it whole.
pub(crate) async fn make_token(Extract(sandbox): Extract<Sandbox>, body: Bytes) -> Result<Json<Value>, Problem> {
    let wish: Make = serde_json::from_value(read(&body)?).map_err(|error| Problem::bad(error.to_string()))?;
    let person = find(&wish.username)?;
    let page = person.accounts.iter().find(|account| account.username == wish.username);
    let page = page.or(person.accounts.first()).and_then(|account| account.page.as_ref());
    if wish.kind == TokenKind::Page && page.is_none() {
        return Err(Problem::bad("this person has no Page"));
    }
    let now = sandbox.now();
    let scopes = wish.permissions.unwrap_or_else(|| person.platform.usual_scopes());
    let token = sandbox.change(|state| {
        state.allow(person, &scopes, &scopes.iter().cloned().collect(), now);
        let user = if wish.kind == TokenKind::Short { TokenKind::Short } else { TokenKind::Long };
        let token = state.issue(person, user, now);
        match page.filter(|_| wish.kind == TokenKind::Page) {
            Some(page) => {
                let value = state.page_token(&token, page.id, now);
                state.token(&value).cloned().unwrap_or(token)
            }
            None => token,
        }
    });
    let left = token.expires_at.map(|at| (at - now).num_seconds());
    Ok(Json(json!({
        "access_token": token.value, "kind": token.kind, "user_id": person.id, "expires_in": left
    })))
}

/// The calls received, newest last, and how many of each kind.
pub(crate) async fn calls(Extract(sandbox): Extract<Sandbox>) -> Json<Value> {
    let calls = sandbox.calls();
    Json(json!({ "counters": calls.counters, "calls": calls.recent }))
}

pub(crate) async fn clear_calls(Extract(sandbox): Extract<Sandbox>) -> Json<Value> {
    sandbox.calls().clear();
    done()
}

/// Any other path.
pub(crate) async fn unknown(OriginalUri(uri): OriginalUri) -> Problem {
    let valid = [
        "/sandbox",
        "/control/world",
        "/control/clock",
        "/control/people/{username}/{happening}",
        "/control/faults",
        "/control/switches",
        "/control/reset",
        "/control/send",
        "/control/tokens",
        "/control/calls",
    ];
    Problem::unknown("path", uri.path(), valid)
}
