//! A request to Meta, taken apart.

use crate::cast::Platform;
use axum::http::{HeaderMap, Method, Uri, header};
use chrono::{DateTime, Utc};
use url::form_urlencoded;

/// A request, read once and for all.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub method: Method,
    /// The path without host prefix and version.
    pub path: Vec<String>,
    /// The path as it came.
    pub raw_path: String,
    /// The family the host prefix names, if there was one.
    pub host: Option<Platform>,
    /// The host prefix itself.
    pub host_name: Option<String>,
    /// Whether the path named a version, and which.
    pub version: Option<String>,
    /// Query and form fields in one.
    pub fields: Vec<(String, String)>,
    /// The body was a form; anything else stays unread, as at Meta.
    pub form: bool,
    pub bearer: Option<String>,
    pub now: DateTime<Utc>,
}

impl Call {
    pub(crate) fn read(method: Method, uri: &Uri, headers: &HeaderMap, body: &[u8], now: DateTime<Utc>) -> Self {
        let mut path: Vec<String> = uri.path().split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let host = path.first().and_then(|first| host(first));
        let host_name = host.is_some().then(|| path.remove(0));
        let version = path.first().filter(|first| is_version(first)).cloned();
        if version.is_some() {
            path.remove(0);
        }
        let form = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let mut fields = pairs(uri.query().unwrap_or_default().as_bytes());
        if form {
            fields.extend(pairs(body));
        }
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth ")))
            .map(|token| token.trim().to_owned());
        Self { raw_path: uri.path().to_owned(), method, path, host, host_name, version, fields, form, bearer, now }
    }

    /// A field's first value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The same; a missing field is empty.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The token, from the query or the `Authorization` header.
    pub(crate) fn token(&self) -> Option<&str> {
        self.get("access_token").or(self.bearer.as_deref()).filter(|token| !token.is_empty())
    }
}

/// Meta's hosts, which may be written as the first part of the path to be told apart on one port.
fn host(name: &str) -> Option<Platform> {
    match name {
        "www.instagram.com" | "api.instagram.com" | "graph.instagram.com" => Some(Platform::Instagram),
        "www.facebook.com" | "graph.facebook.com" => Some(Platform::Facebook),
        _ => None,
    }
}

/// `v25.0`.
fn is_version(part: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    part.strip_prefix('v').and_then(|rest| rest.split_once('.')).is_some_and(|(a, b)| digits(a) && digits(b))
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

/// Percent-decodes a path segment; a `+` stays a `+`.
fn decode(segment: &str) -> String {
    let kept = segment.replace('+', "%2B");
    form_urlencoded::parse(format!("x={kept}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
