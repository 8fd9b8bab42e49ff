//! Calling a server function from a page: fields as a form sends them, JSON text back.

#[cfg(feature = "hydrate")]
mod browser {
    use gloo_net::http::Request;

    use crate::api::{ApiError, read};

    /// An answer, as it came: the JSON text of what was asked for, or of an [`ApiError`].
    pub async fn ask(path: &'static str, fields: String) -> Result<String, String> {
        let request = Request::post(path)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(fields);
        let unreachable = |_| "\"Unreachable\"".to_owned();
        let response = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
        let body = response.text().await.map_err(unreachable)?;
        if response.ok() { Ok(body) } else { Err(body) }
    }

    /// The same, with the error read.
    pub async fn send(path: &'static str, fields: String) -> Result<String, ApiError> {
        // What is no answer of ours: an old page, or something between us.
        ask(path, fields).await.map_err(|text| read(&text).unwrap_or(ApiError::Malformed))
    }
}

#[cfg(feature = "hydrate")]
pub use browser::{ask, send};
