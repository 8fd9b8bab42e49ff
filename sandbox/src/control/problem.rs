//! What the control API answers when it is asked for something it does not have.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An error of the control API, as JSON.
#[derive(Debug)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub error: String,
    /// The names that would have been understood.
    pub valid: Vec<String>,
}

impl Problem {
    /// A name that does not exist.
    pub(crate) fn unknown(what: &str, name: &str, valid: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            error: format!("there is no {what} {name:?}"),
            valid: valid.into_iter().map(Into::into).collect(),
        }
    }

    /// A request that makes no sense.
    pub(crate) fn bad(error: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error: error.into(), valid: Vec::new() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.error, "valid": self.valid }))).into_response()
    }
}

/// Reads a JSON body whatever its content type; an empty one is an empty object.
pub(crate) fn read(body: &[u8]) -> Result<Value, Problem> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(json!({}));
    }
    serde_json::from_slice(body).map_err(|error| Problem::bad(format!("the body is not JSON: {error}")))
}
