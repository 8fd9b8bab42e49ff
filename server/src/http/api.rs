//! The public JSON interface, and the document that describes it.

pub mod document;
pub mod feed;

use axum::Router;
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::OpenApi;

use super::State;
use crate::middleware::cache::Keep;

/// Described by its own types, so that it cannot say anything else than they do.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pilotlight",
        description = "The posts of a widget, for websites that draw them themselves.",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(feed::feed),
    tags((name = "widgets", description = "What visitors of websites see. No key is needed."))
)]
struct Description;

/// The routes that need no widget. The feed's own stands with those of the
/// embed, because both are told from the same memory.
pub fn routes() -> Router<State> {
    Router::new().route("/api/v1/openapi.json", get(description))
}

/// `GET /api/v1/openapi.json`.
async fn description() -> Response {
    (Keep::AnHour, [(ACCESS_CONTROL_ALLOW_ORIGIN, "*")], axum::Json(Description::openapi())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_names_the_feed_and_nothing_else() {
        let document = serde_json::to_value(Description::openapi()).unwrap();
        let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
        assert_eq!(paths, ["/api/v1/widgets/{widget}/feed"]);
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for schema in ["Feed", "FeedPost", "FeedPicture", "FeedSource", "Failure"] {
            assert!(schemas.contains_key(schema), "{schema} in {schemas:?}");
        }
        let answers = document["paths"]["/api/v1/widgets/{widget}/feed"]["get"]["responses"].as_object().unwrap();
        assert_eq!(answers.keys().collect::<Vec<_>>(), ["200", "304", "404", "503"]);
    }
}
