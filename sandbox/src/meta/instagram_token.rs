//! Instagram: a short-lived token becomes a long-lived one, and a long-lived one lives longer.

use super::{
    auth::{self, Caller},
    call::Call,
    error::GraphError,
    reply,
};
use crate::{
    Sandbox,
    cast::Platform,
    signed,
    state::{EarlyRefresh, End, ExtensionLife, RefreshString, State, TokenKind},
};
use axum::{
    http::{Method, StatusCode},
    response::Response,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

const INSTAGRAM: Platform = Platform::Instagram;

/// `GET /access_token?grant_type=ig_exchange_token`: short to long.
pub(crate) fn exchange(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    unversioned_get(call)?;
    expect_grant(call, "ig_exchange_token")?;
    let value = sandbox.change(|state| {
        let caller = auth::caller(sandbox, state, call)?;
        if !signed::same(call.text("client_secret"), &sandbox.app(INSTAGRAM).client_secret) {
            return Err(GraphError::parameter(INSTAGRAM, "Error validating client secret."));
        }
        if caller.token.kind != TokenKind::Short {
            // What Meta says to a token that is long-lived already is not on record; this is the catch-all.
            return Err(GraphError::unsupported(INSTAGRAM, "get"));
        }
        need_basic(state, &caller)?;
        let long = state.issue(caller.person, TokenKind::Long, call.now);
        Ok(answer(state, call, &long.value, long.expires_at))
    })?;
    Ok(reply::json(&sandbox.state().switches, StatusCode::OK, &value))
}

/// `GET /refresh_access_token?grant_type=ig_refresh_token`: long to longer.
pub(crate) fn refresh(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    unversioned_get(call)?;
    expect_grant(call, "ig_refresh_token")?;
    let value = sandbox.change(|state| {
        let caller = auth::caller(sandbox, state, call)?;
        if caller.token.kind == TokenKind::Short {
            return Err(GraphError::new(
                INSTAGRAM,
                190,
                "Error validating access token: Session key 18.0,sandbox is malformed because of invalid user id.",
            ));
        }
        need_basic(state, &caller)?;
        // Meta: a token has to be 24 hours old; what happens before is not documented, hence the switch.
        if call.now - caller.token.renewed_at < Duration::hours(24) {
            return match state.switches.early_refresh {
                EarlyRefresh::Unextended => Ok(answer(state, call, &caller.token.value, caller.token.expires_at)),
                EarlyRefresh::Refused => Err(GraphError::parameter(
                    INSTAGRAM,
                    "The access token must be at least 24 hours old to be refreshed",
                )),
            };
        }
        Ok(extend(state, call, &caller))
    })?;
    Ok(reply::json(&sandbox.state().switches, StatusCode::OK, &value))
}

/// Extends by the switch: the same string, or a new one beside or instead of the old one.
fn extend(state: &mut State, call: &Call, caller: &Caller) -> Value {
    let rotation = state.switches.refresh_string;
    if rotation != RefreshString::Same {
        let fresh = state.extended(caller.person, &caller.token, call.now);
        if rotation == RefreshString::RotateOldDies {
            let old = state.tokens.iter_mut().filter(|token| token.value == caller.token.value);
            old.for_each(|token| token.end = Some(End::ByCall));
        }
        return answer(state, call, &fresh.value, fresh.expires_at);
    }
    if state.switches.extension_life == ExtensionLife::WhatIsLeft {
        return answer(state, call, &caller.token.value, caller.token.expires_at);
    }
    let expires_at = Some(state.expiry(TokenKind::Long, call.now));
    for token in state.tokens.iter_mut().filter(|token| token.value == caller.token.value) {
        token.expires_at = expires_at;
        token.renewed_at = call.now;
    }
    answer(state, call, &caller.token.value, expires_at)
}

fn answer(state: &State, call: &Call, value: &str, expires_at: Option<DateTime<Utc>>) -> Value {
    let mut answer = json!({ "access_token": value, "token_type": "bearer" });
    if !state.switches.instagram_omits_expires_in {
        answer["expires_in"] = json!(expires_at.map_or(0, |at| (at - call.now).num_seconds()));
    }
    answer
}

/// Meta: both calls are GET without a version; anything else is "unsupported", whatever the real method.
fn unversioned_get(call: &Call) -> Result<(), GraphError> {
    if call.version.is_none() && call.method == Method::GET {
        return Ok(());
    }
    let method = if call.version.is_some() { "get" } else { call.method.as_str() };
    Err(GraphError::unsupported(INSTAGRAM, method))
}

fn expect_grant(call: &Call, grant: &str) -> Result<(), GraphError> {
    if call.text("grant_type") == grant {
        return Ok(());
    }
    Err(GraphError::unsupported(INSTAGRAM, "get"))
}

fn need_basic(state: &State, caller: &Caller) -> Result<(), GraphError> {
    if state.standing(caller.person.username).granted.contains(INSTAGRAM.basic_scope()) {
        return Ok(());
    }
    Err(GraphError::no_permission(INSTAGRAM))
}
