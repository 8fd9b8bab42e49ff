//! Copied pictures. Visitors of other sites load them, so nobody is signed in
//! here, and a name's bytes never change.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use backend::Services;
use backend::media::PictureName;
use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use http::{HeaderMap, StatusCode};

use super::embed::is_known;
use crate::middleware::cache::Keep;

/// `GET /media/{hash}-{width}.webp`: a picture at one of its widths.
pub async fn picture(State(services): State<Services>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(name) = PictureName::parse(&name) else {
        return nothing(StatusCode::NOT_FOUND);
    };
    // Whoever has these bytes has the right ones: the store need not be asked, unless they do not say which.
    let anything = headers.get_all(IF_NONE_MATCH).iter().any(|known| known.as_bytes().contains(&b'*'));
    let known = is_known(&headers, etag(&name).as_bytes());
    if known && !anything {
        return unchanged(&name);
    }
    match services.pictures.read(name.hash(), name.width()).await {
        Ok(Some(_)) if known => unchanged(&name),
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

fn unchanged(name: &PictureName) -> Response {
    (StatusCode::NOT_MODIFIED, Keep::Forever, [(ETAG, etag(name))]).into_response()
}

fn found(name: &PictureName, file: Bytes) -> Response {
    let headers = [
        (CONTENT_TYPE, "image/webp".to_owned()),
        (CONTENT_LENGTH, file.len().to_string()),
        (ETAG, etag(name)),
        (CONTENT_DISPOSITION, "inline".to_owned()),
        // For those who draw them on a canvas.
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    (Keep::Forever, headers, file).into_response()
}

/// Not kept by anybody: the picture may be copied a moment later.
fn nothing(status: StatusCode) -> Response {
    status.into_response()
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
        assert_eq!(response.extensions().get(), Some(&Keep::Forever));
        assert_eq!(header("etag"), format!("\"{}-640\"", "ab".repeat(32)));
        assert_eq!(header("access-control-allow-origin"), "*");
        assert_eq!(header("content-disposition"), "inline");
    }
}
