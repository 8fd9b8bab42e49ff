//! Facebook: `/debug_token`. Meta: HTTP 200 also for dead tokens, and the key is `subcode` here.

use super::{
    auth::{self, family},
    call::Call,
    error::GraphError,
    reply,
};
use crate::{
    Sandbox,
    cast::{Person, Platform},
    signed,
    state::{State, Token, TokenKind, Verdict, verdict},
};
use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const FACEBOOK: Platform = Platform::Facebook;

/// Answers what a token is.
pub(crate) fn debug(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    check_caller(sandbox, call)?;
    let state = sandbox.state();
    let input = call.text("input_token");
    let value = match auth::known(&state, FACEBOOK, input) {
        Ok((token, person)) => describe(sandbox, &state, call, token, person),
        Err(error) => json!({
            "error": { "code": error.code, "message": error.message }, "is_valid": false, "scopes": []
        }),
    };
    Ok(reply::json(&state.switches, StatusCode::OK, &json!({ "data": value })))
}

/// Meta: the app's token is wanted, or that of one of its developers; nobody of the test world is one.
fn check_caller(sandbox: &Sandbox, call: &Call) -> Result<(), GraphError> {
    let token = call.token().ok_or_else(|| GraphError::token_required(FACEBOOK))?;
    let app = sandbox.app(FACEBOOK);
    if signed::same(token, &format!("{}|{}", app.client_id, app.client_secret)) {
        return Ok(());
    }
    if token.contains('|') {
        return Err(GraphError::new(FACEBOOK, 190, "Invalid OAuth access token signature."));
    }
    if family(token) != Some(FACEBOOK) || sandbox.state().token(token).is_none() {
        return Err(GraphError::new(FACEBOOK, 190, "Invalid OAuth access token - Debug only access token"));
    }
    let message = "(#100) You must provide an app access token, or a user access token that is an owner or developer \
                   of the app";
    Err(GraphError::parameter(FACEBOOK, message))
}

fn describe(sandbox: &Sandbox, state: &State, call: &Call, token: &Token, person: &Person) -> Value {
    let standing = state.standing(person.username);
    let app_id = &sandbox.app(FACEBOOK).client_id;
    let found = verdict(state, token, call.now);
    // Meta: the token stays valid when only the data access is over.
    let death = found.filter(|verdict| *verdict != Verdict::DataAccess);
    let scopes: Vec<&String> = standing.granted.iter().collect();
    let mut value = json!({
        "app_id": app_id,
        "type": if token.kind == TokenKind::Page { "PAGE" } else { "USER" },
        "application": "Pilotlight in the sandbox",
        "data_access_expires_at": standing.data_access_until.map_or(0, |at| at.timestamp()),
        "expires_at": token.expires_at.map_or(0, |at| at.timestamp()),
        "is_valid": death.is_none(),
        "scopes": scopes,
        "granular_scopes": granular(person, &standing.unshared, &scopes),
        "user_id": person.id,
    });
    if token.kind != TokenKind::Short {
        value["issued_at"] = json!(token.issued_at.timestamp());
    }
    if let Some(page) = &token.page {
        value["profile_id"] = json!(page);
    }
    if let Some(verdict) = death {
        let message = verdict.message(FACEBOOK, app_id, call.now);
        value["error"] = json!({ "code": 190, "message": message, "subcode": verdict.subcode() });
    }
    value
}

/// Meta: what each permission was given for; `target_ids` leaves out the accounts that were not ticked.
fn granular(person: &Person, unshared: &BTreeSet<String>, scopes: &[&String]) -> Vec<Value> {
    let targets = |scope: &str| -> Option<Vec<&str>> {
        let accounts = person.accounts.iter();
        if scope.starts_with("instagram_") {
            let shared = accounts.filter(|account| !unshared.contains(account.username));
            Some(shared.map(|account| account.id).collect())
        } else if scope.starts_with("pages_") {
            Some(accounts.filter_map(|account| account.page.as_ref()).map(|page| page.id).collect())
        } else {
            None
        }
    };
    let named = |scope: &&&String| targets(scope).map(|ids| json!({ "scope": scope, "target_ids": ids }));
    scopes.iter().filter_map(|scope| named(&scope)).collect()
}
