//! The texts of a language, as a browser loads them beside the wasm. A file's name changes with what it says.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};

use super::embed::{Effort, Encoded, Wanted};
use crate::middleware::cache::Keep;

static FILES: LazyLock<Vec<(&'static str, Encoded)>> = LazyLock::new(|| {
    let pack = |(name, json)| Some((name, Encoded::new("application/json", json, "", Effort::Best).ok()?));
    app::texts_files().filter_map(pack).collect()
});

/// `GET /texts/{name}`: the texts of a language, by id.
pub async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((_, file)) = FILES.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (Keep::Forever, file.answer(Wanted::of(&headers))).into_response()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
    use http_body_util::BodyExt;

    use super::*;

    async fn get(path: &str, coding: &'static str) -> Response {
        let name = path.strip_prefix("/texts/").unwrap().to_owned();
        file(Path(name), HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(coding))])).await
    }

    #[tokio::test]
    async fn the_file_that_a_page_names_is_kept_forever() {
        let response = get(app::texts_path(), "identity").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(response.extensions().get(), Some(&Keep::Forever));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let texts: Vec<String> = serde_json::from_slice(&body).unwrap();
        assert!(texts.iter().any(|text| text == "Log out"));
    }

    #[tokio::test]
    async fn it_goes_out_packed() {
        let response = get(app::texts_path(), "gzip, br").await;
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        let packed = response.into_body().collect().await.unwrap().to_bytes();
        let plain = get(app::texts_path(), "identity").await.into_body().collect().await.unwrap().to_bytes();
        assert!(packed.len() * 2 < plain.len(), "{} of {}", packed.len(), plain.len());
    }

    /// As a page of an older build does.
    #[tokio::test]
    async fn a_file_of_another_build_is_not_there() {
        let response = get("/texts/en.0000000000000000.json", "br").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.extensions().get::<Keep>(), None);
    }
}
