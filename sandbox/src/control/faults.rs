//! Faults of the service, put on and taken off.

use super::{
    people::{done, find},
    problem::{Problem, read},
};
use crate::{
    Sandbox,
    meta::{ENDPOINTS, Endpoint},
    state::{Fault, FaultKind},
};
use axum::{Json, body::Bytes, extract::State};
use serde_json::{Value, json};

pub(crate) async fn list(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({ "faults": sandbox.state().faults }))
}

pub(crate) async fn add(State(sandbox): State<Sandbox>, body: Bytes) -> Result<Json<Value>, Problem> {
    put(&sandbox, read(&body)?)?;
    Ok(list(State(sandbox)).await)
}

pub(crate) async fn clear(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.change(|state| state.faults.clear());
    done()
}

/// Puts a fault on. Names are checked first, so that the answer can list the valid ones.
pub(crate) fn put(sandbox: &Sandbox, wish: Value) -> Result<(), Problem> {
    let kinds: Vec<String> = FaultKind::all().map(FaultKind::name).collect();
    let kind = wish.get("kind").and_then(Value::as_str).unwrap_or_default();
    if !kinds.iter().any(|known| known == kind) {
        return Err(Problem::unknown("fault", kind, kinds));
    }
    let endpoints: Vec<String> = ENDPOINTS.iter().copied().map(Endpoint::name).collect();
    for name in wish.get("endpoints").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        if !endpoints.iter().any(|known| known == name) {
            return Err(Problem::unknown("endpoint", name, endpoints));
        }
    }
    let mut fault: Fault = serde_json::from_value(wish).map_err(|error| Problem::bad(error.to_string()))?;
    if let Some(username) = &fault.username {
        fault.username = Some(find(username)?.username.to_owned());
    }
    sandbox.change(|state| {
        fault.id = state.next_fault;
        state.next_fault += 1;
        state.faults.push(fault);
    });
    Ok(())
}
