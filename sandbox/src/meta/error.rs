//! Meta's errors in the Graph envelope.

use super::reply;
use crate::{
    cast::Platform,
    random,
    state::{Subcode, Switches, Verdict},
};
use axum::{
    http::{HeaderValue, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

/// An error as Graph reports it.
#[derive(Debug, Clone)]
pub(crate) struct GraphError {
    pub status: Option<u16>,
    pub message: String,
    pub kind: &'static str,
    pub code: u32,
    pub subcode: Option<u32>,
    pub transient: Option<bool>,
    pub platform: Platform,
    /// Headers that come with it: usage.
    pub headers: Vec<(&'static str, String)>,
}

impl GraphError {
    pub(crate) fn new(platform: Platform, code: u32, message: impl Into<String>) -> Self {
        let kind = match (platform, code) {
            // Meta: graph.instagram.com names its own type, except for the token errors.
            (_, 190 | 102 | 104 | 4 | 17) | (Platform::Facebook, _) => "OAuthException",
            (Platform::Instagram, _) => "IGApiException",
        };
        Self {
            status: None,
            message: message.into(),
            kind,
            code,
            subcode: None,
            transient: None,
            platform,
            headers: Vec::new(),
        }
    }

    /// The token does not work.
    pub(crate) fn dead(verdict: Verdict, platform: Platform, app_id: &str, now: DateTime<Utc>) -> Self {
        Self { subcode: verdict.subcode(), ..Self::new(platform, 190, verdict.message(platform, app_id, now)) }
    }

    /// Wrong family, wrong host, or not a token at all.
    pub(crate) fn cannot_parse(platform: Platform) -> Self {
        Self::new(platform, 190, "Invalid OAuth access token - Cannot parse access token")
    }

    /// The right family, but cut off or made up.
    pub(crate) fn undecipherable(platform: Platform) -> Self {
        Self::new(platform, 190, "The access token could not be decrypted")
    }

    /// No token given.
    pub(crate) fn token_required(platform: Platform) -> Self {
        Self::new(platform, 104, "An access token is required to request this resource.")
    }

    /// Meta: HTTP 403 with code 10 when a box was unticked.
    pub(crate) fn no_permission(platform: Platform) -> Self {
        let message = match platform {
            Platform::Instagram => "Application does not have permission for this action",
            Platform::Facebook => "(#10) Application does not have permission for this action",
        };
        Self { status: Some(403), ..Self::new(platform, 10, message) }
    }

    /// Meta: the catch-all for wrong paths, versions and methods.
    pub(crate) fn unsupported(platform: Platform, method: &str) -> Self {
        let message = format!("Unsupported request - method type: {}", method.to_ascii_lowercase());
        Self::new(platform, 100, message)
    }

    /// Nothing there, or nothing that may be seen.
    pub(crate) fn no_object(platform: Platform, id: &str) -> Self {
        let message = format!(
            "Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
             permissions, or does not support this operation. Please read the Graph API documentation at \
             https://developers.facebook.com/docs/graph-api"
        );
        Self { kind: "GraphMethodException", subcode: Some(33), ..Self::new(platform, 100, message) }
    }

    /// A parameter is wrong.
    pub(crate) fn parameter(platform: Platform, message: impl Into<String>) -> Self {
        Self { kind: "OAuthException", ..Self::new(platform, 100, message) }
    }

    /// The error as an object, without the envelope.
    pub(crate) fn object(&self, switches: &Switches) -> Value {
        let mut error = Map::new();
        error.insert("message".to_owned(), json!(self.message));
        error.insert("type".to_owned(), json!(self.kind));
        if let Some(transient) = self.transient {
            error.insert("is_transient".to_owned(), json!(transient));
        }
        error.insert("code".to_owned(), json!(self.code));
        if let Some(subcode) = self.shown_subcode(switches) {
            error.insert("error_subcode".to_owned(), json!(subcode));
        }
        error.insert("fbtrace_id".to_owned(), json!(random::trace_id()));
        Value::Object(error)
    }

    /// The whole answer.
    pub(crate) fn response(&self, switches: &Switches) -> Response {
        let usual = if self.code == 190 { switches.token_error_status } else { 400 };
        let status = StatusCode::from_u16(self.status.unwrap_or(usual)).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = reply::json(switches, status, &json!({ "error": self.object(switches) }));
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(*name, value);
            }
        }
        if status == StatusCode::UNAUTHORIZED || self.code == 190 {
            let said = HeaderValue::from_static("OAuth \"Facebook Platform\" \"invalid_token\"");
            response.headers_mut().insert("www-authenticate", said);
        }
        response
    }

    /// Meta: graph.facebook.com sends real subcodes; for graph.instagram.com absent, 0 and real ones are on record.
    fn shown_subcode(&self, switches: &Switches) -> Option<u32> {
        match (self.platform, switches.instagram_subcode) {
            (Platform::Facebook, _) | (Platform::Instagram, Subcode::Real) => self.subcode,
            (Platform::Instagram, Subcode::Zero) => Some(0),
            (Platform::Instagram, Subcode::Absent) => None,
        }
    }
}
