//! For whoever watches this process.

use axum::Json;
use axum::extract::State;
use backend::Services;
use backend::service::health;
use http::StatusCode;
use serde_json::{Value, json};

/// The process answers.
pub async fn live() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// The process can do its work: the database takes reads and writes.
pub async fn ready(State(services): State<Services>) -> (StatusCode, Json<Value>) {
    match health::ready(&services).await {
        Ok(()) => (StatusCode::OK, Json(json!({ "status": "ok", "database": "ok" }))),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "not ready");
            let body = json!({ "status": "failing", "database": "does not take reads and writes; see the log" });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body))
        }
    }
}
