//! Copied pictures. Visitors of other sites load them, so nobody is signed in
//! here, and a name's bytes never change.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use backend::Services;
use backend::media::PictureName;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, StatusCode};

const FOREVER: &str = "public, max-age=31536000, immutable";

/// `GET /media/{hash}-{width}.webp`: a picture at one of its widths.
pub async fn picture(State(services): State<Services>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(name) = PictureName::parse(&name) else {
        return nothing(StatusCode::NOT_FOUND);
    };
    // Whoever has these bytes has the right ones: the store need not be asked.
    if has(&headers, &etag(&name)) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, etag(&name)), (CACHE_CONTROL, FOREVER.to_owned())]).into_response();
    }
    match services.pictures.read(name.hash(), name.width()).await {
        Ok(Some(file)) => found(&name, file),
        Ok(None) => nothing(StatusCode::NOT_FOUND),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a picture could not be read");
            nothing(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

fn etag(name: &PictureName) -> String {
    format!("\"{}-{}\"", name.hash(), name.width())
}

/// Whether the browser holds this one. A proxy may have made the mark a weak one.
fn has(headers: &HeaderMap, etag: &str) -> bool {
    let marks = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    marks.flat_map(|value| value.split(',')).any(|mark| mark.trim().trim_start_matches("W/") == etag)
}

fn found(name: &PictureName, file: Bytes) -> Response {
    let headers = [
        (CONTENT_TYPE, "image/webp".to_owned()),
        (CONTENT_LENGTH, file.len().to_string()),
        (CACHE_CONTROL, FOREVER.to_owned()),
        (ETAG, etag(name)),
        (CONTENT_DISPOSITION, "inline".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
    ];
    (headers, file).into_response()
}

/// Not kept by anybody: the picture may be copied a moment later.
fn nothing(status: StatusCode) -> Response {
    (status, [(CACHE_CONTROL, "no-store")]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name() -> PictureName {
        PictureName::parse(&format!("{}-640.webp", "ab".repeat(32))).unwrap()
    }

    #[test]
    fn a_picture_may_be_kept_for_ever_and_shown_anywhere() {
        let response = found(&name(), Bytes::from_static(b"RIFF"));
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/webp");
        assert_eq!(header("content-length"), "4");
        assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header("etag"), format!("\"{}-640\"", "ab".repeat(32)));
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-disposition"), "inline");
    }

    #[test]
    fn a_browser_that_has_it_says_so_in_several_ways() {
        let etag = etag(&name());
        let asks = |value: &str| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, value.parse().unwrap())]);
            has(&headers, &etag)
        };
        assert!(asks(&etag) && asks(&format!("W/{etag}")) && asks(&format!("\"x\", {etag}")));
        assert!(!asks("*") && !asks("\"x\"") && !asks("") && !has(&HeaderMap::new(), &etag));
    }
}
