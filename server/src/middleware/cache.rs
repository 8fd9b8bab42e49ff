//! How long an answer may be kept: a value of the answer, which whoever makes
//! it knows. What says nothing is kept by nobody.

use std::convert::Infallible;

use axum::response::{IntoResponseParts, Response, ResponseParts};
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};

/// Put it into an answer, as one of the parts before the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Its address never stands for anything else.
    Forever,
    /// A file that seldom changes.
    AnHour,
    /// The same, and an old one does no harm while a new one is fetched.
    AnHourOrOld,
    /// What must be asked again, but may be served meanwhile while that
    /// happens: a browser always asks, a cache in front of us once a minute.
    Asking,
}

impl Keep {
    const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::AnHour => "public, max-age=3600",
            Self::AnHourOrOld => "public, max-age=3600, stale-while-revalidate=86400",
            Self::Asking => "public, max-age=0, s-maxage=60, stale-while-revalidate=600",
        })
    }
}

impl IntoResponseParts for Keep {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

/// Writes the header. Nobody else does: what a handler wrote is replaced.
pub async fn written(mut response: Response) -> Response {
    let status = response.status();
    let kept = status.is_success() || status == StatusCode::NOT_MODIFIED;
    let keep = response.extensions().get::<Keep>().filter(|_| kept);
    let header = keep.map_or(HeaderValue::from_static("no-store"), |keep| keep.header());
    response.headers_mut().insert(CACHE_CONTROL, header);
    response
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    async fn told(answer: impl IntoResponse) -> String {
        written(answer.into_response()).await.headers()[CACHE_CONTROL].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn only_what_asks_for_it_is_kept_and_only_while_it_succeeds() {
        assert_eq!(told("somebody's page").await, "no-store");
        assert_eq!(told(([(CACHE_CONTROL, "public, max-age=9")], "somebody's page")).await, "no-store");
        assert_eq!(told((Keep::AnHour, "a file")).await, "public, max-age=3600");
        assert_eq!(told((StatusCode::NOT_MODIFIED, Keep::Forever, "")).await, "public, max-age=31536000, immutable");
        for status in [StatusCode::NOT_FOUND, StatusCode::MOVED_PERMANENTLY, StatusCode::SERVICE_UNAVAILABLE] {
            assert_eq!(told((status, Keep::Forever, "gone")).await, "no-store", "{status}");
        }
    }
}
