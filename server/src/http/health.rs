//! For whoever watches this process.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use backend::Services;
use backend::service::health;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// Anybody may ask: the database is asked no more often than this.
const ASKED_EVERY: Duration = Duration::from_secs(1);

/// What the database answered last, and when.
#[derive(Clone, Default)]
pub struct Readiness(Arc<Mutex<Option<(Instant, bool)>>>);

impl Readiness {
    /// Whoever asks while it is asked gets the same answer.
    async fn now(&self, services: &Services) -> bool {
        let mut last = self.0.lock().await;
        if let Some((_, ready)) = last.filter(|(at, _)| at.elapsed() < ASKED_EVERY) {
            return ready;
        }
        let answer = health::ready(services).await;
        if let Err(error) = &answer {
            tracing::error!(error = error as &dyn std::error::Error, "not ready");
        }
        *last = Some((Instant::now(), answer.is_ok()));
        answer.is_ok()
    }
}

/// The process answers.
pub async fn live() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// The process can do its work: the database takes reads and writes.
pub async fn ready(State(services): State<Services>, State(readiness): State<Readiness>) -> (StatusCode, Json<Value>) {
    if readiness.now(&services).await {
        return (StatusCode::OK, Json(json!({ "status": "ok", "database": "ok" })));
    }
    let body = json!({ "status": "failing", "database": "does not take reads and writes; see the log" });
    (StatusCode::SERVICE_UNAVAILABLE, Json(body))
}
