//! JSON the way Meta writes it.

use crate::state::Switches;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;
use std::fmt::Write as _;

/// A JSON answer.
pub(crate) fn json(switches: &Switches, status: StatusCode, value: &Value) -> Response {
    let text = if switches.slash_escaping { escaped(&value.to_string()) } else { value.to_string() };
    let mut response = (status, Body::from(text)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-store, must-revalidate"));
    headers.insert("facebook-api-version", HeaderValue::from_static("v26.0"));
    if switches.usage_headers {
        headers
            .insert("x-app-usage", HeaderValue::from_static(r#"{"call_count":28,"total_time":25,"total_cputime":25}"#));
    }
    response
}

/// Meta: `/` comes as `\/` and everything beyond ASCII as `\uXXXX`. Both occur only inside strings, so the finished
/// text can be rewritten.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for letter in text.chars() {
        match letter {
            '/' => out.push_str("\\/"),
            letter if letter.is_ascii() => out.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    write!(out, "\\u{unit:04x}").ok();
                }
            }
        }
    }
    out
}

/// Plain text, as the CDN sends it.
pub(crate) fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain")], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn escapes_slashes_and_emoji() {
        assert_eq!(escaped(r#""a/b 🥐é""#), r#""a\/b \ud83e\udd50\u00e9""#);
    }
}
