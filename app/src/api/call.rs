//! Calling a server function from a page: fields as a form sends them, JSON text back.

#[cfg(feature = "hydrate")]
mod browser {
    use gloo_net::http::Request;

    use crate::api::{ApiError, read};
    use crate::brought::{self, SHOWS};

    /// An answer, as it came: the JSON text of what was asked for, or of an [`ApiError`].
    pub async fn ask(path: &'static str, fields: String) -> Result<String, String> {
        post(path, fields, "").await
    }

    /// The same, with the error read. What `shows` asks besides is kept for the page.
    pub async fn send(path: &'static str, fields: String, shows: String) -> Result<String, ApiError> {
        // What is no answer of ours: an old page, or something between us.
        let text = post(path, fields, &shows).await.map_err(|text| read(&text).unwrap_or(ApiError::Malformed))?;
        let mut lines = text.split('\n');
        let answer = lines.next().unwrap_or_default().to_owned();
        brought::bring(&shows, lines);
        Ok(answer)
    }

    async fn post(path: &'static str, fields: String, shows: &str) -> Result<String, String> {
        let mut request = Request::post(path)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        if !shows.is_empty() {
            request = request.header(SHOWS, shows);
        }
        let request = request.body(fields);
        let unreachable = |_| "\"Unreachable\"".to_owned();
        let response = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
        let body = response.text().await.map_err(unreachable)?;
        if response.ok() { Ok(body) } else { Err(body) }
    }
}

#[cfg(feature = "hydrate")]
pub use browser::{ask, send};
