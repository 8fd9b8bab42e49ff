//! The faults of the service at work.

use super::{Endpoint, error::GraphError, garble};
use crate::{
    Sandbox,
    cast::{Platform, person},
    state::{Fault, FaultKind},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use futures::stream;
use std::{convert::Infallible, io, time::Duration};

/// How much a call with the fault `big-body` gets: 160 times 64 KiB.
const BIG_CHUNKS: usize = 160;
/// Longer than any sensible client waits.
const HANG: u64 = 120;
/// Shorter than that, and longer than a person does.
const SLOW: u64 = 5;

/// The fault that hits this call; one with a limited number is used up by it.
pub(crate) fn take(
    sandbox: &Sandbox,
    endpoint: Endpoint,
    platform: Option<Platform>,
    username: Option<&str>,
) -> Option<Fault> {
    let hit = |fault: &Fault| fault.hits(endpoint, platform, username);
    let found = sandbox.state().faults.iter().find(|fault| hit(fault)).cloned()?;
    if found.times.is_none() {
        return Some(found);
    }
    sandbox.change(|state| {
        let fault = state.faults.iter_mut().find(|fault| hit(fault))?;
        fault.times = fault.times.map(|times| times.saturating_sub(1));
        let taken = fault.clone();
        state.faults.retain(|fault| fault.times != Some(0));
        Some(taken)
    })
}

/// The answer instead of the real one; the call takes no effect.
pub(crate) async fn instead(sandbox: &Sandbox, fault: &Fault, platform: Platform, username: Option<&str>) -> Response {
    let error = match fault.kind {
        FaultKind::Html502 => return gateway_page(fault),
        FaultKind::Nothing => return status_of(fault, StatusCode::OK).into_response(),
        FaultKind::Timeout => {
            tokio::time::sleep(Duration::from_secs(fault.seconds.unwrap_or(HANG))).await;
            return dropped();
        }
        FaultKind::Say => return said(fault),
        FaultKind::Drop
        | FaultKind::DropAfter
        | FaultKind::Slow
        | FaultKind::BigBody
        | FaultKind::BrokenJson
        | FaultKind::ShortList
        | FaultKind::HalfEmoji
        | FaultKind::RawControl
        | FaultKind::BrokenUtf8
        | FaultKind::ByteOrderMark => return dropped(),
        FaultKind::AppLimit => {
            let usage = r#"{"call_count":100,"total_time":58,"total_cputime":61}"#.to_owned();
            GraphError {
                transient: Some(true),
                headers: vec![("x-app-usage", usage)],
                ..GraphError::new(platform, 4, "(#4) Application request limit reached")
            }
        }
        FaultKind::UserLimit => {
            GraphError { subcode: Some(2_446_079), ..GraphError::new(platform, 17, "(#17) User request limit reached") }
        }
        FaultKind::AccountLimit => account_limit(fault, platform, username),
        FaultKind::Transient => GraphError {
            status: Some(500),
            transient: Some(true),
            kind: "OAuthException",
            ..GraphError::new(platform, 2, "An unexpected error has occurred. Please retry your request later.")
        },
        FaultKind::ApiBlocked => {
            GraphError { kind: "OAuthException", ..GraphError::new(platform, 200, "API access blocked.") }
        }
        FaultKind::AppDisabled => GraphError {
            kind: "OAuthException",
            ..GraphError::new(platform, 101, "Error validating application. Application has been deleted.")
        },
        FaultKind::Unsupported => GraphError::unsupported(platform, "get"),
        FaultKind::Unknown190 => {
            GraphError::new(platform, 190, "Error validating access token: The moon is in the wrong house.")
        }
        FaultKind::Postcard190 => GraphError::new(platform, 190, "Invalid JSON for postcard"),
    };
    let error = GraphError { status: fault.status.or(error.status), ..error };
    error.response(&sandbox.state().switches)
}

/// Spoils the answer of a call that took effect.
pub(crate) async fn spoil(fault: &Fault, sound: Response) -> Response {
    if fault.kind == FaultKind::Slow {
        tokio::time::sleep(Duration::from_secs(fault.seconds.unwrap_or(SLOW))).await;
        return sound;
    }
    let (mut parts, body) = sound.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    match fault.kind {
        FaultKind::BigBody => {
            let chunk = Bytes::from(vec![b' '; 64 * 1024]);
            let chunks = std::iter::repeat_n(chunk, BIG_CHUNKS).map(Ok::<_, Infallible>);
            Response::from_parts(parts, Body::from_stream(stream::iter(chunks)))
        }
        FaultKind::BrokenJson => {
            let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
            Response::from_parts(parts, Body::from(whole.slice(..whole.len() / 2)))
        }
        kind if kind.garbles() => {
            let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
            Response::from_parts(parts, Body::from(garble::body(kind, &whole)))
        }
        _ => dropped(),
    }
}

/// A body that fails at once: the server closes the connection before the answer is complete.
fn dropped() -> Response {
    let lost = io::Error::new(io::ErrorKind::ConnectionReset, "the sandbox drops the connection");
    let body = Body::from_stream(stream::iter([Err::<Bytes, _>(lost)]));
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("4096"));
    response
}

/// Meta: code 80002 comes with the business use case header: percent, and minutes until access is regained.
fn account_limit(fault: &Fault, platform: Platform, username: Option<&str>) -> GraphError {
    let id = username.and_then(person).and_then(|person| person.accounts.first()).map_or("0", |account| account.id);
    let minutes = fault.regain_minutes.unwrap_or(19);
    let usage = format!(
        r#"{{"{id}":[{{"type":"instagram","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":{minutes}}}]}}"#
    );
    let message = "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again. For \
                   more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.";
    GraphError {
        headers: vec![("x-business-use-case-usage", usage)],
        kind: "OAuthException",
        ..GraphError::new(platform, 80002, message)
    }
}

fn status_of(fault: &Fault, usual: StatusCode) -> StatusCode {
    fault.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(usual)
}

/// Whatever was typed.
fn said(fault: &Fault) -> Response {
    let status = status_of(fault, StatusCode::OK);
    let body = fault.body.clone().unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json; charset=UTF-8")], body).into_response()
}

/// What a proxy in front of Meta says when nobody is behind it.
fn gateway_page(fault: &Fault) -> Response {
    let status = status_of(fault, StatusCode::BAD_GATEWAY);
    let html = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center>\
                <hr><center>proxygen</center></body></html>";
    (status, [(header::CONTENT_TYPE, "text/html")], html).into_response()
}
