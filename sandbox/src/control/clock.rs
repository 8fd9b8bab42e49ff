//! The clock, moved by hand.

use super::problem::{Problem, read};
use crate::{Sandbox, clock::real_now};
use axum::{Json, body::Bytes, extract::State};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

/// How the clock is moved: one of the three.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    advance_seconds: Option<i64>,
    set: Option<DateTime<Utc>>,
    reset: Option<bool>,
}

/// A hundred years: chrono's arithmetic is safe within.
const FARTHEST: i64 = 100 * 366 * 86_400;

pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(shown(&sandbox))
}

pub(crate) async fn set(State(sandbox): State<Sandbox>, body: Bytes) -> Result<Json<Value>, Problem> {
    turn(&sandbox, read(&body)?)?;
    Ok(Json(shown(&sandbox)))
}

/// Moves the clock.
pub(crate) fn turn(sandbox: &Sandbox, wish: Value) -> Result<(), Problem> {
    let wish: Move = serde_json::from_value(wish).map_err(|error| Problem::bad(error.to_string()))?;
    let old = sandbox.state().offset_seconds;
    let offset = match wish {
        Move { advance_seconds: Some(seconds), set: None, reset: None } => old.saturating_add(seconds),
        Move { advance_seconds: None, set: Some(at), reset: None } => (at - real_now()).num_seconds(),
        Move { advance_seconds: None, set: None, reset: Some(true) } => 0,
        _ => return Err(Problem::bad(r#"give one of {"advance_seconds":n}, {"set":"RFC 3339"}, {"reset":true}"#)),
    };
    if offset.abs() > FARTHEST {
        return Err(Problem::bad("that is more than a hundred years away"));
    }
    sandbox.change(|state| state.offset_seconds = offset);
    Ok(())
}

pub(crate) fn shown(sandbox: &Sandbox) -> Value {
    let offset = sandbox.state().offset_seconds;
    json!({ "now": sandbox.now(), "offset_seconds": offset })
}
